namespace Clientele.Learning;

/// <summary>
/// Beta-geometric/beta-Bernoulli, for purchases that can happen once a period: a donation a year, a renewal a month. Buys at each opportunity with
/// probability p ~ Beta(α, β), leaves at the start of each period with probability θ ~ Beta(γ, δ).
/// </summary>
/// <remarks>A history's times are whole periods: t_x the last one with a purchase, T = n of them. Source: Fader, Hardie &amp; Shang (2010), Marketing Science 29(6).</remarks>
public sealed record BgBb(double Alpha, double Beta, double Gamma, double Delta)
{
    private static readonly double[][] Starts = [[1, 1, 0.5, 3], [1, 1, 1, 1], [0.5, 2, 0.3, 5], [3, 1, 2, 8]];

    /// <exception cref="PurchaseHistoryException">A history contradicts itself or its times are no whole periods; the message names the customer.</exception>
    public static PurchaseFit<BgBb> Fit(PurchaseHistories histories, LikelihoodOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(histories);
        var groups = HistoryGroups.Of(histories);
        for (int i = 0; i < histories.Count; i++)
            if (Fault(histories[i]) is { } fault)
                throw new PurchaseHistoryException(i, fault);
        options ??= new();
        return MaximumLikelihood.Search(
            new BgBbLikelihood(groups, options.Threads), null, ParameterSpace.Positive(1, 1, 1, 1),
            [.. Starts.Select(start => start.Select(value => Math.Log(value)).ToArray())], options, cancel)
            .As(p => new BgBb(p[0], p[1], p[2], p[3]), ["alpha", "beta", "gamma", "delta"]);
    }

    /// <summary>The probability to be alive in period n + ahead. At ahead = 0 one who bought in period n is certainly alive; the published table has 1.</summary>
    public double ProbabilityAlive(PurchaseHistory history, int ahead = 1)
    {
        Check(history);
        double alive = 1 / (1 + LeftBefore(history));
        for (int k = 0; k < ahead; k++)
            alive *= (Delta + history.Tenure + k) / (Gamma + Delta + history.Tenure + k);
        return alive < 1e-300 ? 0 : alive;
    }

    /// <summary>Expected purchases in the next <paramref name="periods"/>; the mean of <see cref="Law"/>.</summary>
    public double ExpectedPurchases(PurchaseHistory history, int periods) =>
        ProbabilityAlive(history, 0) * (Alpha + history.Frequency) / (Alpha + Beta + history.Tenure) * PeriodsAlive(history.Tenure, periods);

    /// <summary>E[X(n)]: purchases of somebody nothing is known of in n periods.</summary>
    public double ExpectedOfNewcomer(int periods) => Alpha / (Alpha + Beta) * PeriodsAlive(0, periods);

    /// <summary>Expected purchases without end, those in k periods from now divided by (1+d)^k: DERT as published.</summary>
    /// <param name="rate">d &gt; 0, per period.</param>
    public double DiscountedWithoutEnd(PurchaseHistory history, double rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        // Σ_k B(γ, δ+n+k)/B(γ, δ+n) / (1+d)^{k}, k ≥ 1: B(γ, δ+n+1)/B(γ, δ+n)/(1+d)·₂F₁(1, δ+n+1; γ+δ+n+1; 1/(1+d)), the mean of v/(1−v·stay) of stay = 1−θ.
        double sum = BetaMean.Of(Gamma, Delta + history.Tenure, new Annuity(rate));
        return ProbabilityAlive(history, 0) * (Alpha + history.Frequency) / (Alpha + Beta + history.Tenure) * sum;
    }

    /// <summary>The exact law of the number of purchases in the next <paramref name="periods"/>.</summary>
    public PurchaseLaw Law(PurchaseHistory history, int periods) =>
        new(ProbabilityAlive(history, 0), ExpectedPurchases(history, periods), WhileAlive(history, periods));

    /// <summary>The law of X(n), of somebody nothing is known of.</summary>
    public PurchaseLaw LawOfNewcomer(int periods) => new(1, ExpectedOfNewcomer(periods), WhileAlive(default, periods));

    private IEnumerable<double> WhileAlive(PurchaseHistory history, int periods) =>
        Enumerable.Range(0, periods + 1).Select(n => WhileAlive(history, periods, n));

    // Of somebody alive: alive for exactly i of the periods, and n purchases at i opportunities.
    private double WhileAlive(PurchaseHistory h, int periods, int n)
    {
        (double a, double b, double stay, double sum) = (Alpha + h.Frequency, Beta + h.Tenure - h.Frequency, 1, 0);
        for (int i = 0; i <= periods; i++)
        {
            double end = i == periods ? 1 : Gamma / (Gamma + Delta + h.Tenure + i);
            if (i >= n)
                sum += stay * end * Math.Exp(LogGamma.Rise(1 + n, i - n) - LogGamma.Rise(1, i - n) + LogGamma.Rise(a, n) + LogGamma.Rise(b, i - n) - LogGamma.Rise(a + b, i));
            stay *= 1 - end;
        }
        return sum;
    }

    // Σ_{k=1}^{periods} of the chance to be alive after k more periods, given alive after n.
    private double PeriodsAlive(double n, int periods)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(periods);
        (double sum, double alive) = (0, 1);
        for (int k = 0; k < periods; k++)
        {
            alive *= (Delta + n + k) / (Gamma + Delta + n + k);
            sum += alive;
        }
        return sum;
    }

    // The ways to have left in one of the silent periods, against the one of being alive: terms are ratios of products, from the last period back.
    private double LeftBefore(PurchaseHistory h)
    {
        (double x, double n) = (h.Frequency, h.Tenure);
        (double sum, double buying, double staying) = (0, 1, 1);
        for (double m = n - 1; m >= h.Recency; m--)
        {
            buying *= (Alpha + Beta + m) / (Beta + m - x);
            staying *= (Gamma + Delta + m) / (Delta + m);
            sum += buying * staying * Gamma / (Gamma + Delta + m);
        }
        return sum;
    }

    internal static string? Fault(PurchaseHistory h) =>
        h.Fault ?? (h.Tenure != Math.Floor(h.Tenure) || h.Recency != Math.Floor(h.Recency) ? "times must be whole periods"
        : h.Frequency > h.Recency ? "there are more purchases than periods until the last one" : null);

    private static void Check(PurchaseHistory history)
    {
        if (Fault(history) is { } fault)
            throw new PurchaseHistoryException(0, fault);
    }

    /// <summary>Σ_{k≥1} ((1−θ)/(1+d))^k = (1−θ)/(d+θ).</summary>
    private readonly record struct Annuity(double Rate) : BetaMean.IFunction
    {
        public double At(double p, double rest) => rest / (Rate + p);
        public double SteepnessAtZero => 1 / Rate + 1;
        public double SteepnessAtOne => 1;
    }
}
