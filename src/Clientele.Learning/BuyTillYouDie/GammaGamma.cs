namespace Clientele.Learning;

/// <summary>
/// What a purchase is worth: spend per purchase ~ Gamma(p, ν), ν ~ Gamma(q, γ) over customers, independent of how often they buy.
/// </summary>
/// <remarks>Source: Fader &amp; Hardie (2013), "The Gamma–Gamma Model of Monetary Value", note 025.</remarks>
public sealed record GammaGamma(double P, double Q, double Gamma)
{
    private const double Dependent = 0.3;

    // p, q, γ / mean spend.
    private static readonly double[][] Starts = [[1, 2, 1], [6, 4, 0.4], [0.5, 6, 8], [20, 1.5, 0.05]];

    /// <param name="frequency">x ≥ 0 of n customers; those without a repeat purchase say nothing here and are left out.</param>
    /// <param name="spend">m: the mean value of the x repeat purchases; &gt; 0 where x &gt; 0. Take returns off before, not from this mean.</param>
    /// <exception cref="NotFiniteException">A spend (column 1) is NaN or infinite.</exception>
    /// <exception cref="PurchaseHistoryException">A frequency is negative, or a customer with repeat purchases spent nothing or less.</exception>
    public static PurchaseFit<GammaGamma> Fit(
        IReadOnlyList<int> frequency, IReadOnlyList<double> spend, LikelihoodOptions? options = null, CancellationToken cancel = default)
    {
        Check(frequency, spend);
        int[] buyers = [.. Enumerable.Range(0, frequency.Count).Where(i => frequency[i] > 0)];
        if (buyers.Length == 0)
            throw new ArgumentException("Nobody bought again, so there is no spend to learn from.", nameof(frequency));
        int[] x = [.. buyers.Select(i => frequency[i])];
        double[] m = [.. buyers.Select(i => spend[i])];
        options ??= new();
        var search = MaximumLikelihood.Search(
            new GammaGammaLikelihood(x, m, options.Threads), null, ParameterSpace.Positive(1, 1, m.Average()),
            [.. Starts.Select(start => start.Select(value => Math.Log(value)).ToArray())], options, cancel);
        if (Correlation(x, m) is var correlation && Math.Abs(correlation) > Dependent)
            search.Warnings.Add(new(FitWarningKind.SpendDependsOnFrequency, FormattableString.Invariant(
                $"Frequency and mean spend correlate by {correlation:0.00}; the model takes them for independent.")));
        if (search.Logs[1] <= 0)
            search.Warnings.Add(new(FitWarningKind.InfiniteMean, "q ≤ 1: spends spread so widely that their mean over customers is infinite. Use the median."));
        return search.As(p => new GammaGamma(p[0], p[1], p[2]), ["p", "q", "gamma"]);
    }

    /// <summary>E[M | x, m]: a mean of the customer's own and everybody's, weighted by what is known of the customer.</summary>
    /// <param name="frequency">x ≥ 0.</param>
    /// <param name="spend">m; not read at x = 0.</param>
    /// <returns>+∞ where px + q ≤ 1: then only the median exists.</returns>
    public double ExpectedSpend(int frequency, double spend)
    {
        double shape = P * frequency + Q, total = frequency == 0 ? 0 : spend * frequency;
        return shape > 1 ? P * (Gamma + total) / (shape - 1) : double.PositiveInfinity;
    }

    /// <summary>The median of what a customer's purchases are worth on average, given x and m: finite for every p, q, γ.</summary>
    public double MedianSpend(int frequency, double spend)
    {
        // The customer's mean is p/ν with ν ~ Gamma(px+q, γ+mx): bisect for the median of ν in logarithms.
        double shape = P * frequency + Q, rate = Gamma + (frequency == 0 ? 0 : spend * frequency);
        (double low, double high) = (Math.Log(1e-300), Math.Log(shape + 10 * Math.Sqrt(shape) + 10));
        for (int halving = 0; halving < 80; halving++)
        {
            double middle = (low + high) / 2;
            (low, high) = IncompleteGamma.Lower(shape, Math.Exp(middle)) < 0.5 ? (middle, high) : (low, middle);
        }
        return P * rate / Math.Exp((low + high) / 2);
    }

    /// <summary>The correlation of x and m among those given: the model's assumption is that there is none.</summary>
    private static double Correlation(int[] x, double[] m)
    {
        (double meanX, double meanM) = (x.Average(), m.Average());
        (double xx, double xm, double mm) = (0, 0, 0);
        for (int i = 0; i < x.Length; i++)
        {
            (double dx, double dm) = (x[i] - meanX, m[i] - meanM);
            (xx, xm, mm) = (xx + dx * dx, xm + dx * dm, mm + dm * dm);
        }
        return xx > 0 && mm > 0 ? xm / Math.Sqrt(xx * mm) : 0;
    }

    private static void Check(IReadOnlyList<int> frequency, IReadOnlyList<double> spend)
    {
        ArgumentNullException.ThrowIfNull(frequency);
        ArgumentNullException.ThrowIfNull(spend);
        ArgumentOutOfRangeException.ThrowIfNotEqual(spend.Count, frequency.Count, nameof(spend));
        for (int i = 0; i < frequency.Count; i++)
        {
            if (frequency[i] < 0)
                throw new PurchaseHistoryException(i, "the frequency is negative");
            if (frequency[i] > 0 && !double.IsFinite(spend[i]))
                throw new NotFiniteException(i, 1, spend[i]);
            if (frequency[i] > 0 && spend[i] <= 0)
                throw new PurchaseHistoryException(i, "there are repeat purchases but no spend above 0; take returns off before");
        }
    }
}
