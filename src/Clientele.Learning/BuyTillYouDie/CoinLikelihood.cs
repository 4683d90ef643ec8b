namespace Clientele.Learning;

/// <summary>The log-likelihood of BG/NBD and MBG/NBD, which differ in the number of coins tossed: x, or x+1 with one at the first purchase.</summary>
/// <remarks>
/// ln r, ln α, ln a, ln b; with c covariates then c coefficients of buying, α_i = α·exp(−γ'z), and 2c of leaving, a_i = a·exp(φ'z), b_i = b·exp(χ'z).
/// Source: Fader, Hardie &amp; Lee (2005), Marketing Science 24(2), eq. 6; Batislam, Denizel &amp; Filiztekin (2007), Int. J. Research in Marketing 24(3).
/// </remarks>
/// <param name="leaving">Whether covariates act on leaving too.</param>
internal sealed class CoinLikelihood(HistoryGroups groups, int firstCoin, bool leaving, int threads) : ILikelihood
{
    private readonly CountTerms[] counts = new CountTerms[groups.Counts.Length];
    private readonly MomentTerms[] moments = new MomentTerms[groups.Moments.Length];
    private readonly int covariates = groups.Covariates?.Columns ?? 0;

    public int Parameters => 4 + (leaving ? 3 : 1) * covariates;
    public double Weight { get; } = groups.Weights.Sum();

    public double Evaluate(ReadOnlySpan<double> at, Span<double> gradient)
    {
        double r = Math.Exp(at[0]);
        double[] logs = at.ToArray();
        var segments = new (double Alpha, double A, double B)[groups.Covariates?.Rows ?? 1];
        for (int s = 0; s < segments.Length; s++)
            segments[s] = (Math.Exp(logs[1] - Shift(s, 0)), Math.Exp(logs[2] + Shift(s, 1)), Math.Exp(logs[3] + Shift(s, 2)));

        BlockSums.Fill(counts.Length, threads, i => counts[i] = Count(groups.Counts[i].Frequency, r, segments[groups.Counts[i].Segment]));
        BlockSums.Fill(moments.Length, threads, i =>
        {
            double rate = segments[groups.Counts[groups.Moments[i].Count].Segment].Alpha + groups.Moments[i].Time;
            moments[i] = new(Math.Log(rate), 1 / rate);
        });
        Span<double> sums = stackalloc double[1 + Parameters];
        BlockSums.Run(groups.Weights.Length, threads, sums, Block);
        sums[1..].CopyTo(gradient);
        return sums[0];

        double Shift(int segment, int part) => covariates == 0 || (part > 0 && !leaving) ? 0 : Dot(logs.AsSpan(4 + part * covariates, covariates), groups.Covariates!.Row(segment));
    }

    private CountTerms Count(int x, double r, (double Alpha, double A, double B) s)
    {
        int coins = x + firstCoin;
        double logBeta = LogGamma.Rise(s.B, coins) - LogGamma.Rise(s.A + s.B, coins), all = Digamma.Rise(s.A + s.B, coins);
        double reached = s.B + coins - 1;       // The chance to have died at the last coin against having survived it is a : b+coins−1.
        return new(
            r + x, r, s.Alpha, LogGamma.Rise(r, x) + logBeta + r * Math.Log(s.Alpha), Digamma.Rise(r, x) + Math.Log(s.Alpha), -s.A * all,
            s.B * (Digamma.Rise(s.B, coins) - all), coins > 0 ? Math.Log(s.A / reached) : double.NegativeInfinity, coins > 0 ? s.B / reached : 0);
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
            double odds = c.LogOdds + c.Shape * (now.LogRate - last.LogRate), e = Math.Exp(-Math.Abs(odds));
            double alive = (odds > 0 ? e : 1) / (1 + e), dead = (odds > 0 ? 1 : e) / (1 + e), weight = groups.Weights[g];
            own[0] += weight * (c.Log - c.Shape * now.LogRate + Math.Max(odds, 0) + Math.Log(1 + e));
            own[1] += weight * c.R * (c.ByR - alive * now.LogRate - dead * last.LogRate);
            own[2] += weight * (c.R - c.Shape * c.Alpha * (alive * now.Inverse + dead * last.Inverse));
            own[3] += weight * (c.ByLogA + dead);
            own[4] += weight * (c.ByLogB - dead * c.BShare);
        }
        Flush(own, sums, segment);
    }

    // The gradient in the base logarithms is that in the coefficients, but for the covariates' values and a sign.
    private void Flush(Span<double> own, Span<double> sums, int segment)
    {
        for (int i = 0; i < 5; i++)
            sums[i] += own[i];
        for (int j = 0; j < covariates && segment >= 0; j++)
        {
            double z = groups.Covariates![segment, j];
            sums[5 + j] -= z * own[2];
            if (!leaving)
                continue;
            sums[5 + covariates + j] += z * own[3];
            sums[5 + 2 * covariates + j] += z * own[4];
        }
        own.Clear();
    }

    private static double Dot(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> row)
    {
        double sum = 0;
        for (int j = 0; j < row.Length; j++)
            sum += coefficients[j] * row[j];
        return sum;
    }

    /// <summary>What depends on (covariates, x) alone.</summary>
    private readonly record struct CountTerms(
        double Shape, double R, double Alpha, double Log, double ByR, double ByLogA, double ByLogB, double LogOdds, double BShare);

    /// <summary>ln(α+t) and 1/(α+t).</summary>
    private readonly record struct MomentTerms(double LogRate, double Inverse);
}
