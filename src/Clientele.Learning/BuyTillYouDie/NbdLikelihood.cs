namespace Clientele.Learning;

/// <summary>The log-likelihood of the counts under NBD: ln r, ln α.</summary>
internal sealed class NbdLikelihood(HistoryGroups groups, int threads) : ILikelihood
{
    public int Parameters => 2;
    public double Weight { get; } = groups.Weights.Sum();

    public double Evaluate(ReadOnlySpan<double> at, Span<double> gradient)
    {
        (double r, double alpha, double logAlpha) = (Math.Exp(at[0]), Math.Exp(at[1]), at[1]);
        Span<double> sums = stackalloc double[3];
        BlockSums.Run(groups.Weights.Length, threads, sums, (from, to, own) =>
        {
            for (int g = from; g < to; g++)
            {
                (int x, _, double tenure) = groups.Histories[g];
                double weight = groups.Weights[g], logRate = Math.Log(alpha + tenure);
                own[0] += weight * (LogGamma.Rise(r, x) - LogGamma.Of(x + 1) + r * logAlpha + x * Math.Log(tenure) - (r + x) * logRate);
                own[1] += weight * r * (Digamma.Rise(r, x) + logAlpha - logRate);
                own[2] += weight * (r - (r + x) * alpha / (alpha + tenure));
            }
        });
        sums[1..].CopyTo(gradient);
        return sums[0];
    }
}
