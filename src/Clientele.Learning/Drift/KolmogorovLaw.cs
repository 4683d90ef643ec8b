namespace Clientele.Learning;

/// <summary>The law of the one-sample two-sided Kolmogorov–Smirnov distance D_n, by the method that is best for each n and d.</summary>
/// <remarks>Regions as in Simard &amp; L'Ecuyer (2011), J. Stat. Softw. 39(11), §3, with Durbin's matrix where they take Pomeranz's recursion: both are exact.</remarks>
internal static class KolmogorovLaw
{
    /// <summary>P(D_n ≥ d); 1 for n = 0.</summary>
    public static double Survival(int n, double d)
    {
        double t = n * d, spread = t * d;
        if (t <= 0.5)
            return 1;
        if (d >= 1 || spread >= 370)
            return 0;
        if (d >= 0.5 || spread >= (n <= 140 ? 4 : 2.2))
            return Math.Min(1, 2 * OneSided(n, d));
        double below = n <= 140 || (n <= 100_000 && n * Math.Pow(d, 1.5) <= 1.4) ? DurbinMatrix.Cumulative(n, d) : PelzGood(n, d);
        return Math.Clamp(1 - below, 0, 1);
    }

    /// <summary>P(D⁺_n ≥ d) = d·Σ_j C(n, j)·(d+j/n)^(j−1)·(1−d−j/n)^(n−j). Source: Birnbaum &amp; Tingey (1951), Ann. Math. Stat. 22(4), eq. 3.0.</summary>
    /// <remarks>A term is a binomial probability over d + j/n; all are positive.</remarks>
    internal static double OneSided(int n, double d)
    {
        double sum = Math.Exp(n * Elementary.LogOnePlus(-d)), shift = n * d, whole = SaddlePoint.StirlingError(n);
        for (int j = 1; j < n; j++)
        {
            double mean = j + shift, rest = n - mean;
            if (rest <= 0)
                break;
            double log = whole - SaddlePoint.StirlingError(j) - SaddlePoint.StirlingError(n - j)
                - SaddlePoint.Deviance(j, mean) - SaddlePoint.Deviance(n - j, rest);
            sum += shift / mean * Math.Exp(log) * Math.Sqrt(n / (2 * Math.PI * j * (n - j)));
        }
        return sum;
    }

    // P(D_n ≤ d) to three orders beyond Kolmogorov's limit, in the form for small √n·d. Source: Pelz & Good (1976), J. R. Stat. Soc. B 38(2).
    private static double PelzGood(int n, double d)
    {
        const double p2 = Math.PI * Math.PI, p4 = p2 * p2, p6 = p4 * p2;
        double root = Math.Sqrt(n), z = root * d, z2 = z * z, z4 = z2 * z2, z6 = z4 * z2, z8 = z4 * z4;
        if (p2 / (8 * z2) > 708)
            return 0;
        double k0 = 0, k1 = 0, k2 = 0, k3 = 0, extra2 = 0, extra3 = 0;
        for (int k = (int)Math.Ceiling(16 * z / Math.PI); k > 0; k--)
        {
            double odd = 2 * k - 1, o2 = odd * odd, o4 = o2 * o2, o6 = o4 * o2, kk = (double)k * k;
            double weight = Math.Exp(-o2 * p2 / (8 * z2)), even = Math.Exp(-kk * p2 / (2 * z2));
            k0 += weight;
            k1 += weight * (p2 / 4 * o2 - z2);
            k2 += weight * (6 * z6 + 2 * z4 + p2 / 4 * (2 * z4 - 5 * z2) * o2 + p4 / 16 * (1 - 2 * z2) * o4);
            k3 += weight * (-30 * z6 - 90 * z8 + p2 / 4 * (135 * z4 - 96 * z6) * o2 + p4 / 16 * (212 * z4 - 60 * z2) * o4 + p6 / 64 * (5 - 30 * z2) * o6);
            extra2 += even * kk;
            extra3 += even * kk * (3 * z2 - p2 * kk);
        }
        return Math.Sqrt(2 * Math.PI) * (
            k0 / z
            + k1 / (6 * z4) / root
            + (k2 / (72 * z6 * z) - p2 * extra2 / (36 * z2 * z)) / n
            + (k3 / (6480 * z8 * z2) + p2 * extra3 / (216 * z6)) / (n * root));
    }
}
