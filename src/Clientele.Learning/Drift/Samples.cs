namespace Clientele.Learning;

/// <summary>A sample, checked and in order.</summary>
internal static class Samples
{
    /// <param name="column">What a refused value's column is called: 0 the reference, 1 the current sample.</param>
    public static double[] Sorted(IReadOnlyList<double> sample, int column)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentOutOfRangeException.ThrowIfZero(sample.Count, nameof(sample));
        double[] sorted = [.. sample];
        int at = Array.FindIndex(sorted, value => !double.IsFinite(value));
        if (at >= 0)
            throw new NotFiniteException(at, column, sorted[at]);
        Array.Sort(sorted);
        return sorted;
    }
}
