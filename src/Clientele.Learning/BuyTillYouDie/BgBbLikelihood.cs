namespace Clientele.Learning;

/// <summary>The log-likelihood of BG/BB: ln α, ln β, ln γ, ln δ.</summary>
/// <remarks>The term of being alive and those of having left in each silent period, summed in logarithms. Source: Fader, Hardie &amp; Shang (2010), Marketing Science 29(6), eq. 4.</remarks>
internal sealed class BgBbLikelihood(HistoryGroups groups, int threads) : ILikelihood
{
    public int Parameters => 4;
    public double Weight { get; } = groups.Weights.Sum();

    public double Evaluate(ReadOnlySpan<double> at, Span<double> gradient)
    {
        (double alpha, double beta, double gamma, double delta) = (Math.Exp(at[0]), Math.Exp(at[1]), Math.Exp(at[2]), Math.Exp(at[3]));
        Span<double> sums = stackalloc double[5];
        BlockSums.Run(groups.Weights.Length, threads, sums, (from, to, own) =>
        {
            for (int g = from; g < to; g++)
                Add(groups.Histories[g], groups.Weights[g], alpha, beta, gamma, delta, own);
        });
        sums[1..].CopyTo(gradient);
        return sums[0];
    }

    private static void Add(PurchaseHistory h, double weight, double alpha, double beta, double gamma, double delta, Span<double> sums)
    {
        (int x, int n) = (h.Frequency, (int)h.Tenure);
        // Going back from the last period each term is the one before times a ratio; so are its derivatives, as sums.
        (double log, double byBoth, double byBeta, double byStay, double byDelta) = (0, 0, 0, 0, 0);
        (double top, double sum, double d0, double d1, double d2, double d3) = (0, 1, 0, 0, 0, 0);
        for (int m = n - 1; m >= (int)h.Recency; m--)
        {
            (double both, double miss, double stay, double kept) = (alpha + beta + m, beta + m - x, gamma + delta + m, delta + m);
            log += Math.Log(both / miss * stay / kept);
            byBoth += 1 / both;
            byBeta -= 1 / miss;
            byStay += 1 / stay;
            byDelta -= 1 / kept;
            double own = log + Math.Log(gamma / stay);
            double shrink = own > top ? Math.Exp(top - own) : 1, term = own > top ? 1 : Math.Exp(own - top);
            top = Math.Max(top, own);
            sum = sum * shrink + term;
            d0 = d0 * shrink + term * byBoth;
            d1 = d1 * shrink + term * (byBoth + byBeta);
            d2 = d2 * shrink + term * (byStay - 1 / stay + 1 / gamma);
            d3 = d3 * shrink + term * (byStay - 1 / stay + byDelta);
        }
        double psiBoth = Digamma.Rise(alpha + beta, n), psiStay = Digamma.Rise(gamma + delta, n);
        sums[0] += weight * (LogGamma.Rise(alpha, x) + LogGamma.Rise(beta, n - x) - LogGamma.Rise(alpha + beta, n)
            + LogGamma.Rise(delta, n) - LogGamma.Rise(gamma + delta, n) + top + Math.Log(sum));
        sums[1] += weight * alpha * (Digamma.Rise(alpha, x) - psiBoth + d0 / sum);
        sums[2] += weight * beta * (Digamma.Rise(beta, n - x) - psiBoth + d1 / sum);
        sums[3] += weight * gamma * (-psiStay + d2 / sum);
        sums[4] += weight * delta * (Digamma.Rise(delta, n) - psiStay + d3 / sum);
    }
}
