namespace Clientele.Learning;

/// <summary>What the trees of a forest explain: one channel for amounts (or for yes and no), else one per class.</summary>
internal sealed class ForestTarget
{
    private readonly double[] values, weights;

    /// <param name="weights">n, or empty: all 1.</param>
    public ForestTarget(double[] values, double[] weights, int classes)
    {
        (this.values, this.weights, Classes, Channels) = (values, weights, classes, classes > 2 ? classes : 1);
        double total = 0;
        Prior = new double[Channels];
        for (int i = 0; i < values.Length; i++)
        {
            total += Weight(i);
            Prior[Channels > 1 ? (int)values[i] : 0] += Weight(i) * (Channels > 1 ? 1 : values[i]);
        }
        for (int k = 0; k < Channels; k++)
            Prior[k] /= total;
    }

    public int Rows => values.Length;
    public int Classes { get; }
    public int Channels { get; }
    /// <summary>Per channel: the mean, or the share of the class.</summary>
    public double[] Prior { get; }

    public double Weight(int row) => weights.Length == 0 ? 1 : weights[row];

    /// <summary>The class; or the amount less the mean of all, so that sums of squares keep their digits.</summary>
    public double Value(int row) => Channels > 1 ? values[row] : values[row] - Prior[0];

    /// <summary>A leaf's answer from its sums.</summary>
    /// <param name="sums">Per channel; of amounts less their mean.</param>
    public void Answer(ReadOnlySpan<double> sums, double weight, double smoothing, Span<double> answer)
    {
        double mixed = Classes == 0 ? 0 : smoothing;
        for (int k = 0; k < Channels; k++)
            answer[k] = Channels > 1 ? (sums[k] + mixed * Prior[k]) / (weight + mixed) : Prior[0] + sums[k] / (weight + mixed);
    }
}
