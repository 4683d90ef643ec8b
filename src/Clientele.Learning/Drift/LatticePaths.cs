namespace Clientele.Learning;

/// <summary>The exact law of the two-sample Kolmogorov–Smirnov distance: the share of lattice paths that stray from the diagonal.</summary>
/// <remarks>
/// Pooled and sorted, two samples of one law are a random path from (0, 0) to (m, n), all equally likely (Hodges 1958, §2). Forward over the
/// points, the chance that the path to a point has strayed is a weighted mean of its neighbours': only positive terms, so small
/// chances keep their digits and nothing overflows (Viehmann 2021, arXiv:2102.08037).
/// </remarks>
internal static class LatticePaths
{
    /// <summary>P(max |x/m − y/n| ≥ gap / lcm(m, n)).</summary>
    public static double ShareOutside(int m, int n, long gap)
    {
        if (gap == 0)
            return 1;
        if (m < n)
            (m, n) = (n, m);
        long common = (long)System.Numerics.BigInteger.GreatestCommonDivisor(m, n), width = m / common, height = n / common;
        var inverse = new double[m + n + 1];
        for (int length = 1; length < inverse.Length; length++)
            inverse[length] = 1.0 / length;
        // strayed[y]: of the column in hand up to the y in hand, above it of the column before. What lies outside the band is 1 for good.
        var strayed = new double[n + 1];
        Array.Fill(strayed, 1);
        for (int x = 0; x <= m; x++)
        {
            int low = (int)Math.Max(0, FloorDivide(x * height - gap, width) + 1), high = (int)Math.Min(n, -FloorDivide(-(x * height + gap), width) - 1);
            double below = 1;
            for (int y = low; y <= high; y++)
            {
                double share = inverse[x + y];
                below = x * share * strayed[y] + y * share * below;
                strayed[y] = below;
            }
        }
        return Math.Min(1, strayed[n]);
    }

    private static long FloorDivide(long a, long b) => a >= 0 ? a / b : -((-a + b - 1) / b);
}
