namespace Clientele.Learning;

/// <summary>How good a predicted quantile is: the true quantile has the least expected loss. Source: Koenker &amp; Bassett (1978), Econometrica 46(1).</summary>
public static class PinballLoss
{
    /// <summary>Mean of τ·(y − ŷ) where y is above, (1 − τ)·(ŷ − y) where below.</summary>
    /// <param name="share">τ, between 0 and 1: the share of actual values that should lie below.</param>
    public static double Score(IReadOnlyList<double> actual, IReadOnlyList<double> predicted, double share)
    {
        if (!(share is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share must be between 0 and 1.");
        var (y, p) = Pairs.Of(actual, predicted);
        double sum = 0;
        for (int i = 0; i < y.Length; i++)
            sum += y[i] >= p[i] ? share * (y[i] - p[i]) : (1 - share) * (p[i] - y[i]);
        return sum / y.Length;
    }
}
