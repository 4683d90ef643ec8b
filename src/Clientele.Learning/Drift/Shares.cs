namespace Clientele.Learning;

/// <summary>How far two sets of shares over the same k bins lie apart. Counts may be given: each set is divided by its sum. Natural logarithms; 0·ln 0 = 0.</summary>
public static class Shares
{
    private const double Fill = 0.0001, Rarer = 1e-6;

    /// <summary>√(½·KL(P‖M) + ½·KL(Q‖M)), M the mean of both: 0 … √ln 2. A metric. Source: Endres &amp; Schindelin (2003), IEEE Trans. Inf. Theory 49(7).</summary>
    public static double JensenShannon(IReadOnlyList<double> reference, IReadOnlyList<double> current)
    {
        var (p, q) = Normalised(reference, current);
        double left = 0, right = 0;
        for (int i = 0; i < p.Length; i++)
        {
            double middle = (p[i] + q[i]) / 2;
            left += Term(p[i], middle);
            right += Term(q[i], middle);
        }
        return Math.Sqrt(Math.Max(0, left + right) / 2);
    }

    /// <summary>Population stability index Σ (q−p)·ln(q/p), symmetric, ≥ 0. Empty bins count as .0001 (see <see cref="KullbackLeibler"/>).</summary>
    public static double StabilityIndex(IReadOnlyList<double> reference, IReadOnlyList<double> current)
    {
        var (p, q) = Filled(reference, current);
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
            sum += (q[i] - p[i]) * Math.Log(q[i] / p[i]);
        return sum;
    }

    /// <summary>KL(reference ‖ current) = Σ p·ln(p/q), ≥ 0 but for filled bins.</summary>
    /// <remarks>An empty bin counts as .0001, or as a millionth of the smallest share where that is itself no more than .0001; shares are not rescaled after.</remarks>
    public static double KullbackLeibler(IReadOnlyList<double> reference, IReadOnlyList<double> current)
    {
        var (p, q) = Filled(reference, current);
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
            sum += Term(p[i], q[i]);
        return sum;
    }

    /// <summary>√(½·Σ (√p − √q)²), 0 … 1. Source: Hellinger (1909).</summary>
    public static double Hellinger(IReadOnlyList<double> reference, IReadOnlyList<double> current)
    {
        var (p, q) = Normalised(reference, current);
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            double gap = Math.Sqrt(p[i]) - Math.Sqrt(q[i]);
            sum += gap * gap;
        }
        return Math.Sqrt(sum / 2);
    }

    /// <summary>Refuses sets of different length, negative or not finite entries, and sets that are all 0.</summary>
    internal static void RequirePair(IReadOnlyList<double> reference, IReadOnlyList<double> current)
    {
        Require(reference);
        Require(current);
        ArgumentOutOfRangeException.ThrowIfNotEqual(current.Count, reference.Count, nameof(current));
    }

    private static void Require(IReadOnlyList<double> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (!counts.All(count => count >= 0 && double.IsFinite(count)) || !(counts.Sum() > 0))
            throw new ArgumentOutOfRangeException(nameof(counts), "Counts are finite and not negative, and one of them is above 0.");
    }

    private static double Term(double p, double q) => p == 0 ? 0 : p * Math.Log(p / q);

    private static (double[] P, double[] Q) Normalised(IReadOnlyList<double> reference, IReadOnlyList<double> current)
    {
        RequirePair(reference, current);
        (double sumP, double sumQ) = (reference.Sum(), current.Sum());
        return ([.. reference.Select(count => count / sumP)], [.. current.Select(count => count / sumQ)]);
    }

    private static (double[] P, double[] Q) Filled(IReadOnlyList<double> reference, IReadOnlyList<double> current)
    {
        var (p, q) = Normalised(reference, current);
        FillEmpty(p);
        FillEmpty(q);
        return (p, q);
    }

    private static void FillEmpty(double[] shares)
    {
        double smallest = shares.Where(share => share > 0).Min(), fill = smallest <= Fill ? smallest * Rarer : Fill;
        for (int i = 0; i < shares.Length; i++)
            if (shares[i] == 0)
                shares[i] = fill;
    }
}
