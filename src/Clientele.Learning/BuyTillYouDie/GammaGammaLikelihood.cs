namespace Clientele.Learning;

/// <summary>The log-likelihood of the Gamma–Gamma model of mean spends: ln p, ln q, ln γ.</summary>
/// <param name="frequency">x &gt; 0 of each customer.</param>
/// <param name="spend">m &gt; 0: the mean of those x purchases.</param>
internal sealed class GammaGammaLikelihood(int[] frequency, double[] spend, int threads) : ILikelihood
{
    public int Parameters => 3;
    public double Weight => frequency.Length;

    public double Evaluate(ReadOnlySpan<double> at, Span<double> gradient)
    {
        (double p, double q, double gamma) = (Math.Exp(at[0]), Math.Exp(at[1]), Math.Exp(at[2]));
        (double logGamma, double gammaOfQ, double psiOfQ) = (at[2], LogGamma.Of(q), Digamma.Of(q));
        Span<double> sums = stackalloc double[4];
        BlockSums.Run(frequency.Length, threads, sums, (from, to, own) =>
        {
            for (int i = from; i < to; i++)
            {
                (double x, double m) = (frequency[i], spend[i]);
                double shape = p * x, all = shape + q, logTotal = Math.Log(m * x), logAll = Math.Log(gamma + m * x), psiOfAll = Digamma.Of(all);
                own[0] += LogGamma.Of(all) - LogGamma.Of(shape) - gammaOfQ + q * logGamma + shape * logTotal - Math.Log(m) - all * logAll;
                own[1] += shape * (psiOfAll - Digamma.Of(shape) + logTotal - logAll);
                own[2] += q * (psiOfAll - psiOfQ + logGamma - logAll);
                own[3] += q - all * gamma / (gamma + m * x);
            }
        });
        sums[1..].CopyTo(gradient);
        return sums[0];
    }
}
