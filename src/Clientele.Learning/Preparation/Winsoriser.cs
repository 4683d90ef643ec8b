namespace Clientele.Learning;

public sealed record WinsoriserOptions
{
    /// <summary>Values below this quantile are raised to it, 0 … <see cref="Upper"/>.</summary>
    public double Lower { get; init; } = 0.01;
    /// <summary>Values above this quantile are lowered to it, <see cref="Lower"/> … 1.</summary>
    public double Upper { get; init; } = 0.99;
}

/// <summary>Pulls the extremes of every column in to given quantiles (linearly interpolated). What was pulled in cannot be had back.</summary>
public static class Winsoriser
{
    /// <param name="rows">n × d, finite, n ≥ 1.</param>
    public static WinsoriserState Fit(Matrix rows, WinsoriserOptions? options = null)
    {
        options ??= new();
        Columnwise.RequireRows(rows);
        if (!(options.Lower >= 0 && options.Lower <= options.Upper && options.Upper <= 1))
            throw new ArgumentOutOfRangeException(nameof(options), FormattableString.Invariant($"0 ≤ lower ≤ upper ≤ 1 does not hold: {options.Lower}, {options.Upper}."));
        var (least, greatest) = (new double[rows.Columns], new double[rows.Columns]);
        for (int j = 0; j < rows.Columns; j++)
        {
            double[] sorted = rows.Column(j);
            Array.Sort(sorted);
            (least[j], greatest[j]) = (Columnwise.Quantile(sorted, options.Lower), Columnwise.Quantile(sorted, options.Upper));
        }
        return new(least, greatest);
    }
}

/// <param name="Least">One per column.</param>
/// <param name="Greatest">One per column, no less than the least.</param>
public sealed record WinsoriserState(IReadOnlyList<double> Least, IReadOnlyList<double> Greatest) : IRowTransform
{
    public Matrix Transform(Matrix rows) => Columnwise.Map(rows, Least.Count, (x, j) => Math.Clamp(x, Least[j], Greatest[j]));
}
