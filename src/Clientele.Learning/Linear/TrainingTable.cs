namespace Clientele.Learning;

/// <summary>Rows, targets and weights, checked once at the door of every supervised fit.</summary>
internal sealed record TrainingTable(Matrix Rows, double[] Targets, double[] Weights, double TotalWeight)
{
    /// <param name="rows">n × d, finite, n ≥ 1.</param>
    /// <param name="targets">n, finite.</param>
    /// <param name="weights">n, finite, ≥ 0, not all 0; null: 1 each. A row of weight 2 counts as two equal rows.</param>
    /// <exception cref="NotFiniteException">Names row and column; the target counts as the column after the last, the weight as the one after that.</exception>
    public static TrainingTable Of(Matrix rows, IReadOnlyList<double> targets, IReadOnlyList<double>? weights)
    {
        Columnwise.RequireRows(rows);
        ArgumentNullException.ThrowIfNull(targets);
        double[] y = Column(targets, rows.Rows, rows.Columns, nameof(targets));
        double[] w = weights is null ? Ones(rows.Rows) : Column(weights, rows.Rows, rows.Columns + 1, nameof(weights));
        double total = 0;
        for (int i = 0; i < w.Length; i++)
        {
            if (w[i] < 0)
                throw new ArgumentException($"The weight of row {i} is {w[i]}; weights are 0 or more.", nameof(weights));
            total += w[i];
        }
        if (!(total > 0 && double.IsFinite(total)))
            throw new ArgumentException("The weights must have a finite sum above 0.", nameof(weights));
        return new(rows, y, w, total);
    }

    public double WeightedMean(Func<double, double> of)
    {
        double sum = 0;
        for (int i = 0; i < Targets.Length; i++)
            sum += Weights[i] * of(Targets[i]);
        return sum / TotalWeight;
    }

    /// <summary>The rows for which the choice is true.</summary>
    public TrainingTable Where(Func<double, bool> chosen)
    {
        int[] kept = [.. Enumerable.Range(0, Targets.Length).Where(i => chosen(Targets[i]) && Weights[i] > 0)];
        double[] weights = [.. kept.Select(i => Weights[i])];
        return new(Rows.Take(kept), [.. kept.Select(i => Targets[i])], weights, weights.Sum());
    }

    private static double[] Column(IReadOnlyList<double> values, int rows, int column, string name)
    {
        if (values.Count != rows)
            throw new ArgumentException($"{values.Count} {name} were given for {rows} rows.", name);
        double[] copy = [.. values];
        int at = Array.FindIndex(copy, value => !double.IsFinite(value));
        return at < 0 ? copy : throw new NotFiniteException(at, column, copy[at]);
    }

    private static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
