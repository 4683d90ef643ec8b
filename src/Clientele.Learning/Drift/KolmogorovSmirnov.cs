namespace Clientele.Learning;

public enum KolmogorovSmirnovMethod
{
    /// <summary>Exact while both samples have at most 10,000 values, else asymptotic.</summary>
    Auto,
    /// <summary>By counting lattice paths. Where n₁·n₂/gcd² passes 2³¹ the asymptotic law is taken all the same.</summary>
    Exact,
    /// <summary>By the exact one-sample law at the effective size n₁n₂/(n₁+n₂), rounded half to even.</summary>
    Asymptotic,
}

/// <param name="Distance">D = max |F₁ − F₂|, 0 … 1.</param>
/// <param name="PValue">Chance of a D this large or larger when both samples come from one continuous law; with ties it is too large, never too small.</param>
/// <param name="Exact">By lattice paths; false: by the one-sample law.</param>
public sealed record KolmogorovSmirnovResult(double Distance, double PValue, bool Exact);

/// <summary>The two-sample, two-sided Kolmogorov–Smirnov test: do two samples come from one law? Method and choice as <c>scipy.stats.ks_2samp</c>.</summary>
/// <remarks>Sources: Hodges (1958), Arkiv för Matematik 3(43) for the counting; Simard &amp; L'Ecuyer (2011), J. Stat. Softw. 39(11) for the one-sample law.</remarks>
public static class KolmogorovSmirnov
{
    private const int MostForExact = 10_000;

    /// <param name="reference">At least one value, finite, in any order.</param>
    /// <param name="current">At least one value, finite, in any order.</param>
    /// <exception cref="NotFiniteException">A value is NaN or infinite; column 0 is the reference, 1 the current sample.</exception>
    public static KolmogorovSmirnovResult Test(
        IReadOnlyList<double> reference, IReadOnlyList<double> current, KolmogorovSmirnovMethod method = KolmogorovSmirnovMethod.Auto)
    {
        double[] first = Samples.Sorted(reference, 0), second = Samples.Sorted(current, 1);
        long common = (long)System.Numerics.BigInteger.GreatestCommonDivisor(first.Length, second.Length);
        long steps1 = first.Length / common, steps2 = second.Length / common;
        long gap = WidestGap(first, second, steps1, steps2);
        double distance = gap / ((double)steps1 * second.Length);
        bool exact = method switch
        {
            KolmogorovSmirnovMethod.Auto => Math.Max(first.Length, second.Length) <= MostForExact,
            KolmogorovSmirnovMethod.Exact => steps1 * steps2 < int.MaxValue,
            _ => false,
        };
        double size = Math.Round(first.Length * (double)second.Length / (first.Length + (double)second.Length), MidpointRounding.ToEven);
        double p = exact ? LatticePaths.ShareOutside(first.Length, second.Length, gap) : KolmogorovLaw.Survival((int)size, distance);
        return new(distance, p, exact);
    }

    // max |i·(n₂/g) − j·(n₁/g)| over pooled points, i and j counting values up to and including the point: D in units of 1/lcm.
    private static long WidestGap(double[] first, double[] second, long steps1, long steps2)
    {
        long widest = 0;
        for (int i = 0, j = 0; i < first.Length && j < second.Length;)
        {
            double point = Math.Min(first[i], second[j]);
            while (i < first.Length && first[i] == point)
                i++;
            while (j < second.Length && second[j] == point)
                j++;
            widest = Math.Max(widest, Math.Abs(i * steps2 - j * steps1));
        }
        return widest;
    }
}
