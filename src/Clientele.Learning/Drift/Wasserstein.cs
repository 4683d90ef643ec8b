namespace Clientele.Learning;

/// <summary>Wasserstein-1 (earth mover's) distance of two samples: ∫ |F₁ − F₂|, in the units of the values.</summary>
public static class Wasserstein
{
    /// <summary>The least spread that <see cref="Normed"/> divides by.</summary>
    private const double LeastSpread = 0.001;

    /// <param name="reference">At least one value, finite, in any order.</param>
    /// <param name="current">At least one value, finite, in any order.</param>
    /// <exception cref="NotFiniteException">A value is NaN or infinite; column 0 is the reference, 1 the current sample.</exception>
    public static double Distance(IReadOnlyList<double> reference, IReadOnlyList<double> current)
    {
        double[] first = Samples.Sorted(reference, 0), second = Samples.Sorted(current, 1);
        double area = 0, previous = Math.Min(first[0], second[0]);
        for (int i = 0, j = 0; i < first.Length || j < second.Length;)
        {
            double point = j == second.Length || (i < first.Length && first[i] <= second[j]) ? first[i] : second[j];
            area += Math.Abs((double)i / first.Length - (double)j / second.Length) * (point - previous);
            previous = point;
            while (i < first.Length && first[i] == point)
                i++;
            while (j < second.Length && second[j] == point)
                j++;
        }
        return area;
    }

    /// <summary>The distance in population standard deviations of the reference (at least .001).</summary>
    public static double Normed(IReadOnlyList<double> reference, IReadOnlyList<double> current) =>
        Distance(reference, current) / Math.Max(Columnwise.Moments([.. reference]).Deviation, LeastSpread);
}
