namespace Clientele.Learning;

/// <summary>What the trees of a forest explain: one channel for amounts (or for yes and no), else one per class.</summary>
internal sealed class ForestTarget
{
    private readonly double[] values, weights;
    // Amounts less their mean, so that sums of squares keep their digits; under a deviance, amounts in units of their mean.
    private readonly double centre, unit = 1;
    private readonly double mixed;

    /// <param name="weights">n, or empty: all 1.</param>
    public ForestTarget(double[] values, double[] weights, RandomForestOptions options)
    {
        (this.values, this.weights) = (values, weights);
        (Channels, mixed) = (options.Classes > 2 ? options.Classes : 1, options.Classes == 0 ? 0 : options.Smoothing);
        Criterion = ForestCriterion.For(options.Loss, Channels);
        Learning = [.. Enumerable.Range(0, values.Length).Where(i => Weight(i) > 0)];
        Prior = new double[Channels];
        double total = 0;
        foreach (int i in Learning)
        {
            total += Weight(i);
            Prior[Channels > 1 ? (int)values[i] : 0] += Weight(i) * (Channels > 1 ? 1 : values[i]);
        }
        for (int k = 0; k < Channels; k++)
            Prior[k] /= total;
        if (Criterion is not DevianceCriterion)
            centre = Prior[0];
        else if (Prior[0] > 0)
            unit = Prior[0];
        foreach (int i in Learning)
            Loss += Weight(i) / total * Criterion.Loss(Value(i));
    }

    public ForestCriterion Criterion { get; }
    public int Channels { get; }
    /// <summary>Rows with a weight, ascending.</summary>
    public int[] Learning { get; }
    /// <summary>Per channel: the mean, or the share of the class.</summary>
    public double[] Prior { get; }
    /// <summary>Mean loss of the rows when all get one answer.</summary>
    public double Loss { get; }

    public double Weight(int row) => weights.Length == 0 ? 1 : weights[row];

    /// <summary>The class; or the amount, moved and scaled.</summary>
    public double Value(int row) => Channels > 1 ? values[row] : (values[row] - centre) / unit;

    /// <summary>A leaf's answer from its sums, per channel.</summary>
    public void Answer(ReadOnlySpan<double> sums, double weight, LeafBounds bounds, Span<double> answer)
    {
        if (Channels == 1)
            answer[0] = centre + unit * Mean(sums[0], weight, bounds);
        else
            for (int k = 0; k < Channels; k++)
                answer[k] = (sums[k] + mixed * Prior[k]) / (weight + mixed);
    }

    /// <summary>The mean value within bounds, of one channel; moved and scaled as values are.</summary>
    public double Mean(double sum, double weight, LeafBounds bounds) => bounds.Clamp(sum / (weight + mixed));
}
