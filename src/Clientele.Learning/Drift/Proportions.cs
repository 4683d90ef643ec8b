namespace Clientele.Learning;

/// <param name="Z">(p₁ − p₂) / standard error; 0 where both shares are 0 or both are 1.</param>
/// <param name="PValue">Two-sided, 0 … 1.</param>
public sealed record ProportionsResult(double Z, double PValue);

/// <summary>The two-sample z test of shares, with the pooled standard error √(p(1−p)(1/n₁ + 1/n₂)).</summary>
public static class Proportions
{
    /// <param name="successes1">0 … trials1.</param>
    /// <param name="trials1">&gt; 0.</param>
    /// <param name="successes2">0 … trials2.</param>
    /// <param name="trials2">&gt; 0.</param>
    public static ProportionsResult Test(double successes1, double trials1, double successes2, double trials2)
    {
        Require(successes1, trials1);
        Require(successes2, trials2);
        double share = (successes1 + successes2) / (trials1 + trials2);
        double error = Math.Sqrt(share * (1 - share) * (1 / trials1 + 1 / trials2));
        double z = error > 0 ? (successes1 / trials1 - successes2 / trials2) / error : 0;
        return new(z, Math.Min(1, 2 * NormalDistribution.Upper(Math.Abs(z))));
    }

    private static void Require(double successes, double trials)
    {
        if (!(trials > 0 && double.IsFinite(trials) && successes >= 0 && successes <= trials))
            throw new ArgumentOutOfRangeException(nameof(successes), FormattableString.Invariant($"{successes} of {trials} is not a share."));
    }
}
