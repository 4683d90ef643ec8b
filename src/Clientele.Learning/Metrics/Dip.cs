namespace Clientele.Learning;

/// <summary>How far the distribution of one number is from having a single mode. Source: Hartigan &amp; Hartigan (1985), Annals of Statistics 13(1).</summary>
/// <param name="Value">The least, over all distributions of one mode, of the largest difference to that of the sample: 1/(2n) … ¼.</param>
/// <param name="PValue">Share of uniform samples of that size with a dip at least as large, (1 + count)/(1 + samples): small speaks for two modes or more.</param>
/// <remarks>Counts (1, 2, 3 purchases) have a mode at every value and always fail.</remarks>
public sealed record Dip(double Value, double PValue)
{
    /// <param name="values">n ≥ 1, finite, in any order.</param>
    /// <param name="samples">Uniform samples that the dip is compared with; the p-value is no finer than 1/(samples + 1).</param>
    /// <exception cref="NotFiniteException">A value is NaN or infinite; the message names it as a row.</exception>
    public static Dip Test(IReadOnlyList<double> values, int samples = 1000, ulong seed = 42, int threads = 0, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Count, 1, nameof(values));
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        double[] sorted = [.. values];
        NotFiniteException.Refuse(new(sorted.Length, 1, sorted));
        Array.Sort(sorted);
        double dip = Statistic(sorted);
        var larger = new bool[samples];
        Workers.Run(samples, threads, sample =>
        {
            var random = new RandomStream(seed, sample);
            double[] uniform = [.. Enumerable.Range(0, sorted.Length).Select(_ => random.Unit())];
            Array.Sort(uniform);
            larger[sample] = Statistic(uniform) >= dip;
        }, cancel);
        return new(dip, (1.0 + larger.Count(yes => yes)) / (1 + samples));
    }

    // In steps of the sample's distribution (1 = 1/n). Between low and high the mode is still looked for: outside, a convex and a concave curve
    // have been found to be near enough. In every round the interval shrinks to where the two curves over it lie farthest apart.
    internal static double Statistic(double[] sorted)
    {
        int n = sorted.Length, low = 0, high = n - 1;
        double dip = 1;
        while (sorted[low] < sorted[high])
        {
            int[] below = Hull(sorted, low, high, convex: true), above = Hull(sorted, low, high, convex: false);
            var (gap, left, right) = Widest(sorted, below, above);
            if (gap <= dip)
                break;
            dip = Math.Max(dip, Math.Max(Farthest(sorted, below, low, left, convex: true), Farthest(sorted, above, right, high, convex: false)));
            if (left == low && right == high)
                break;
            (low, high) = (left, right);
        }
        return dip / (2 * n);
    }

    // Knots of the greatest convex curve under the points (value, rank), or of the least concave one over them.
    private static int[] Hull(double[] sorted, int low, int high, bool convex)
    {
        var knots = new List<int>();
        for (int i = low; i <= high; i++)
        {
            while (knots.Count > 1 && !Bends(sorted, knots[^2], knots[^1], i, convex))
                knots.RemoveAt(knots.Count - 1);
            knots.Add(i);
        }
        return [.. knots];
    }

    private static bool Bends(double[] sorted, int a, int b, int c, bool convex)
    {
        double turn = (sorted[b] - sorted[a]) * (c - b) - (sorted[c] - sorted[b]) * (b - a);
        return convex ? turn > 0 : turn < 0;
    }

    private static double At(double[] sorted, int[] knots, int i)
    {
        int next = Array.BinarySearch(knots, i);
        if (next >= 0)
            return i;
        (int from, int to) = (knots[~next - 1], knots[~next]);
        return sorted[to] > sorted[from] ? from + (to - from) * (sorted[i] - sorted[from]) / (sorted[to] - sorted[from]) : from;
    }

    // Where the concave curve (over the steps' tops) is farthest above the convex one (under their feet, one less), and the knots on either side.
    private static (double Gap, int Left, int Right) Widest(double[] sorted, int[] below, int[] above)
    {
        var widest = (Gap: 0.0, Left: below[0], Right: below[^1]);
        foreach (int knot in below)
            if (At(sorted, above, knot) - knot + 1 is var gap && gap > widest.Gap)
                widest = (gap, knot, above.First(other => other >= knot));
        foreach (int knot in above)
            if (knot - At(sorted, below, knot) + 1 is var gap && gap > widest.Gap)
                widest = (gap, below.Last(other => other <= knot), knot);
        return widest;
    }

    private static double Farthest(double[] sorted, int[] knots, int from, int to, bool convex)
    {
        double farthest = 1;
        for (int i = from; i <= to; i++)
            farthest = Math.Max(farthest, (convex ? i - At(sorted, knots, i) : At(sorted, knots, i) - i) + 1);
        return farthest;
    }
}
