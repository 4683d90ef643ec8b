namespace Clientele.Learning;

/// <summary>The log-likelihood of Pareto/NBD.</summary>
/// <remarks>
/// ln r, ln α, ln s, ln β; with c covariates then 2c coefficients: α_i = α·exp(−γ'z) for buying, β_i = β·exp(−λ'z) for leaving: positive ones mean more
/// purchases, respectively a shorter life. Source: Schmittlein, Morrison &amp; Colombo (1987), Management Science 33(1).
/// </remarks>
internal sealed class ParetoLikelihood(HistoryGroups groups, int threads) : ILikelihood
{
    private readonly CountTerms[] counts = new CountTerms[groups.Counts.Length];
    private readonly MomentTerms[] moments = new MomentTerms[groups.Moments.Length];
    private readonly int covariates = groups.Covariates?.Columns ?? 0;

    public int Parameters => 4 + 2 * covariates;
    public double Weight { get; } = groups.Weights.Sum();

    public double Evaluate(ReadOnlySpan<double> at, Span<double> gradient)
    {
        double[] logs = at.ToArray();
        (double r, double s) = (Math.Exp(logs[0]), Math.Exp(logs[2]));
        var segments = new (double Alpha, double Beta)[groups.Covariates?.Rows ?? 1];
        for (int i = 0; i < segments.Length; i++)
            segments[i] = (Math.Exp(logs[1] - Shift(i, 0)), Math.Exp(logs[3] - Shift(i, 1)));

        BlockSums.Fill(counts.Length, threads, i =>
        {
            (int segment, int x) = groups.Counts[i];
            (double alpha, double beta) = segments[segment];
            double shape = r + x;
            counts[i] = new(shape, r, s, alpha, beta,
                LogGamma.Rise(r, x) + r * Math.Log(alpha) + s * Math.Log(beta), Digamma.Rise(r, x) + Math.Log(alpha), Math.Log(beta), Math.Log(s / (shape + s)));
        });
        BlockSums.Fill(moments.Length, threads, i =>
        {
            (int count, double time) = groups.Moments[i];
            ref readonly var c = ref counts[count];
            moments[i] = new(ParetoTail.Of(c.Shape, s, c.Alpha, c.Beta, time),
                Math.Log(c.Alpha + time), Math.Log(c.Beta + time), 1 / (c.Alpha + time), 1 / (c.Beta + time));
        });
        Span<double> sums = stackalloc double[1 + Parameters];
        BlockSums.Run(groups.Weights.Length, threads, sums, Block);
        sums[1..].CopyTo(gradient);
        return sums[0];

        double Shift(int segment, int part)
        {
            double sum = 0;
            for (int j = 0; j < covariates; j++)
                sum += logs[4 + part * covariates + j] * groups.Covariates![segment, j];
            return sum;
        }
    }

    private void Block(int from, int to, Span<double> sums)
    {
        int segment = -1;
        Span<double> own = stackalloc double[5];
        for (int g = from; g < to; g++)
        {
            int count = groups.CountOf[g];
            if (covariates > 0 && groups.Counts[count].Segment != segment)
            {
                Flush(own, sums, segment);
                segment = groups.Counts[count].Segment;
            }
            ref readonly var c = ref counts[count];
            ref readonly var last = ref moments[groups.RecencyMoment[g]];
            ref readonly var now = ref moments[groups.TenureMoment[g]];
            double weight = groups.Weights[g];
            // To have left is e^odds times as likely as to be here: s/(R+s)·tail(T)·(e^gap − 1).
            double gap = c.Shape * (now.LogAlpha - last.LogAlpha) + c.S * (now.LogBeta - last.LogBeta) + last.Tail.Log - now.Tail.Log;
            double value = c.Log - c.Shape * now.LogAlpha - c.S * now.LogBeta;
            double byR = c.ByR - now.LogAlpha, byAlpha = c.R / c.Alpha - c.Shape * now.OverAlpha;
            double byS = c.LogBeta - now.LogBeta, byBeta = c.S / c.Beta - c.S * now.OverBeta;
            if (gap > 0)
            {
                double shrunk = -Elementary.ExpMinusOne(-gap), odds = c.LogLeave + now.Tail.Log + gap + Math.Log(shrunk);
                double e = Math.Exp(-Math.Abs(odds)), left = (odds > 0 ? 1 : e) / (1 + e), byGap = left / shrunk;
                value += Math.Max(odds, 0) + Math.Log(1 + e);
                double overAll = 1 / (c.Shape + c.S);
                byR += left * (now.Tail.ByShape - overAll) + byGap * (now.LogAlpha - last.LogAlpha + last.Tail.ByShape - now.Tail.ByShape);
                byAlpha += left * now.Tail.ByAlpha + byGap * (c.Shape * (now.OverAlpha - last.OverAlpha) + last.Tail.ByAlpha - now.Tail.ByAlpha);
                byS += left * (now.Tail.ByS + 1 / c.S - overAll) + byGap * (now.LogBeta - last.LogBeta + last.Tail.ByS - now.Tail.ByS);
                byBeta += left * now.Tail.ByBeta + byGap * (c.S * (now.OverBeta - last.OverBeta) + last.Tail.ByBeta - now.Tail.ByBeta);
            }
            own[0] += weight * value;
            own[1] += weight * c.R * byR;
            own[2] += weight * c.Alpha * byAlpha;
            own[3] += weight * c.S * byS;
            own[4] += weight * c.Beta * byBeta;
        }
        Flush(own, sums, segment);
    }

    private void Flush(Span<double> own, Span<double> sums, int segment)
    {
        for (int i = 0; i < 5; i++)
            sums[i] += own[i];
        for (int j = 0; j < covariates && segment >= 0; j++)
        {
            double z = groups.Covariates![segment, j];
            sums[5 + j] -= z * own[2];
            sums[5 + covariates + j] -= z * own[4];
        }
        own.Clear();
    }

    /// <summary>What depends on (covariates, x) alone.</summary>
    private readonly record struct CountTerms(
        double Shape, double R, double S, double Alpha, double Beta, double Log, double ByR, double LogBeta, double LogLeave);

    /// <summary>What depends on (covariates, x, t).</summary>
    private readonly record struct MomentTerms(ParetoTail Tail, double LogAlpha, double LogBeta, double OverAlpha, double OverBeta);
}
