namespace Clientele.Learning;

/// <summary>Bends every column by a power of its own towards the normal shape. Source: Yeo &amp; Johnson (2000), Biometrika 87(4), eq. 2.1.</summary>
public static class YeoJohnson
{
    /// <summary>λ of greatest likelihood for every column; 1 (no change) for a column that does not vary or gains nothing by a power.</summary>
    public static YeoJohnsonState Fit(Matrix rows, int threads = 0)
    {
        Columnwise.RequireRows(rows);
        var lambdas = new double[rows.Columns];
        Workers.Run(rows.Columns, threads, j => lambdas[j] = Lambda(rows.Column(j)));
        return new(lambdas);
    }

    /// <summary>ψ(x) for power λ.</summary>
    public static double Bend(double x, double lambda) => x >= 0 ? Power(Elementary.LogOnePlus(x), lambda) : -Power(Elementary.LogOnePlus(-x), 2 - lambda);

    /// <summary>x with ψ(x) = y for power λ; ±∞ where no number is bent so far.</summary>
    public static double Unbend(double y, double lambda) => y >= 0 ? Unpower(y, lambda) : -Unpower(-y, 2 - lambda);

    /// <summary>−n/2·ln var ψ(x) + (λ−1)·Σ sign(x)·ln(1+|x|): the profile log-likelihood of λ, without its constants.</summary>
    public static double LogLikelihood(ReadOnlySpan<double> column, double lambda)
    {
        var logs = new double[column.Length];
        for (int i = 0; i < logs.Length; i++)
            logs[i] = SignedLog(column[i]);
        return LogLikelihood(logs, lambda, new double[column.Length]);
    }

    private static double Lambda(double[] column)
    {
        if (column.Min() == column.Max())
            return 1;
        double[] logs = [.. column.Select(SignedLog)], bent = new double[column.Length];
        double best = LineSearch.Maximise(lambda => LogLikelihood(logs, lambda, bent), -2, 2);
        // Values so near 0 that every power is a straight line leave λ to rounding: then none.
        return LogLikelihood(logs, best, bent) - LogLikelihood(logs, 1, bent) > 1e-9 * column.Length ? best : 1;
    }

    private static double LogLikelihood(double[] signedLogs, double lambda, double[] bent)
    {
        double sum = 0;
        for (int i = 0; i < bent.Length; i++)
        {
            double log = signedLogs[i];
            sum += log;
            bent[i] = log >= 0 ? Power(log, lambda) : -Power(-log, 2 - lambda);
        }
        (double mean, double deviation) = Columnwise.Moments(bent);
        // A power so large that all values fall together (or overflow) says nothing about shape.
        return deviation > 1e-9 * Math.Abs(mean) && double.IsFinite(deviation)
            ? -bent.Length * Math.Log(deviation) + (lambda - 1) * sum
            : double.NegativeInfinity;
    }

    private static double SignedLog(double x) => Math.CopySign(Elementary.LogOnePlus(Math.Abs(x)), x);

    // ((1+|x|)^λ − 1)/λ from ln(1+|x|), smooth through λ = 0.
    private static double Power(double log, double lambda) => lambda == 0 ? log : Elementary.ExpMinusOne(lambda * log) / lambda;

    private static double Unpower(double bent, double lambda) =>
        Elementary.ExpMinusOne(lambda == 0 ? bent : Elementary.LogOnePlus(Math.Max(-1, lambda * bent)) / lambda);
}

/// <param name="Lambdas">One per column.</param>
public sealed record YeoJohnsonState(IReadOnlyList<double> Lambdas) : IInvertibleTransform
{
    public Matrix Transform(Matrix rows)
    {
        double[] lambdas = [.. Lambdas];
        return Columnwise.Map(rows, lambdas.Length, (x, j) => lambdas[j] == 1 ? x : YeoJohnson.Bend(x, lambdas[j]));
    }

    /// <remarks>A power below 0 (for negative values above 2) bends all numbers below a bound: at and beyond it the inverse is infinite.</remarks>
    public Matrix Invert(Matrix rows) => Columnwise.Map(rows, Lambdas.Count, (y, j) => Lambdas[j] == 1 ? y : YeoJohnson.Unbend(y, Lambdas[j]));
}
