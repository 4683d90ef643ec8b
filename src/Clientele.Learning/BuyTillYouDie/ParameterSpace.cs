namespace Clientele.Learning;

/// <summary>The coordinates a search walks in: (logarithm of the parameter − centre) / scale, where all parameters are of size 1.</summary>
/// <param name="Centres">0, or the logarithm of a typical time for parameters that are times.</param>
/// <param name="Scales">1, or 1 / standard deviation of a covariate for its coefficient.</param>
/// <param name="Logarithmic">Whether the parameter is the exponential of its coordinate.</param>
internal sealed record ParameterSpace(double[] Centres, double[] Scales, bool[] Logarithmic)
{
    /// <summary>The search goes no further from the centre.</summary>
    public const double Bound = 12;

    /// <summary>Beyond, a parameter is called run away.</summary>
    public const double Degenerate = 9;

    public int Count => Centres.Length;

    public double[] ToLogs(ReadOnlySpan<double> point)
    {
        double[] logs = new double[Count];
        for (int i = 0; i < Count; i++)
            logs[i] = Centres[i] + Scales[i] * point[i];
        return logs;
    }

    /// <summary>Positive parameters whose centres are ln <paramref name="units"/>.</summary>
    public static ParameterSpace Positive(params ReadOnlySpan<double> units)
    {
        double[] centres = new double[units.Length], scales = new double[units.Length];
        bool[] logarithmic = new bool[units.Length];
        for (int i = 0; i < units.Length; i++)
            (centres[i], scales[i], logarithmic[i]) = (Math.Log(units[i]), 1, true);
        return new(centres, scales, logarithmic);
    }

    /// <summary>Followed by <paramref name="times"/> coefficients for each covariate.</summary>
    public ParameterSpace With(HistoryGroups groups, int times)
    {
        if (groups.Covariates is not { } table)
            return this;
        double[] weights = new double[table.Rows];
        for (int g = 0; g < groups.Weights.Length; g++)
            weights[groups.Counts[groups.CountOf[g]].Segment] += groups.Weights[g];
        double[] scales = [.. Enumerable.Range(0, table.Columns).Select(column => 1 / Spread(table.Column(column), weights))];
        double[] coefficients = [.. Enumerable.Repeat(scales, times).SelectMany(s => s)];
        return new([.. Centres, .. coefficients.Select(_ => 0.0)], [.. Scales, .. coefficients], [.. Logarithmic, .. coefficients.Select(_ => false)]);
    }

    private static double Spread(double[] values, double[] weights)
    {
        (double all, double mean, double squares) = (weights.Sum(), 0, 0);
        for (int i = 0; i < values.Length; i++)
            mean += weights[i] * values[i] / all;
        for (int i = 0; i < values.Length; i++)
            squares += weights[i] * (values[i] - mean) * (values[i] - mean) / all;
        return squares > 0 ? Math.Sqrt(squares) : throw new ArgumentException("A covariate is the same for every customer: leave it out, the parameters hold it already.");
    }
}
