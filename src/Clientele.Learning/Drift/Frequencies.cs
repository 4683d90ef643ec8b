namespace Clientele.Learning;

/// <summary>Two samples counted over the same bins.</summary>
/// <param name="Reference">k counts.</param>
/// <param name="Current">k counts, in the same order.</param>
internal sealed record Frequencies(double[] Reference, double[] Current)
{
    private const int MostSingleValues = 20;

    /// <summary>One bin per value of either sample, in ascending order.</summary>
    public static Frequencies ByValue<T>(IReadOnlyList<T> reference, IReadOnlyList<T> current, IComparer<T> order) where T : notnull
    {
        T[] values = [.. reference.Concat(current).Distinct().Order(order)];
        var index = values.Select((value, i) => (value, i)).ToDictionary(pair => pair.value, pair => pair.i);
        return new(Count(reference, values.Length, value => index[value]), Count(current, values.Length, value => index[value]));
    }

    /// <summary>A bin per value while the reference has no more than 20 of them; else Sturges' bins of both samples together.</summary>
    public static Frequencies OfNumbers(IReadOnlyList<double> reference, IReadOnlyList<double> current) =>
        reference.Distinct().Count() <= MostSingleValues ? ByValue(reference, current, Comparer<double>.Default) : Sturges(reference, current);

    /// <summary>⌈log₂ n + 1⌉ bins of equal width from least to greatest value, closed below, the last one closed above too. Source: Sturges (1926), JASA 21(153).</summary>
    public static Frequencies Sturges(IReadOnlyList<double> reference, IReadOnlyList<double> current)
    {
        double[] all = [.. reference, .. current];
        double least = all.Min(), range = all.Max() - least;
        // The width first and the bins from it, as NumPy's histogram_bin_edges: at a power of two rounding decides.
        double width = range / (Math.Log2(all.Length) + 1);
        int bins = (int)Math.Ceiling(range / width);
        double step = range / bins;
        var edges = new double[bins + 1];
        for (int i = 0; i < bins; i++)
            edges[i] = i * step + least;
        edges[bins] = all.Max();
        int Bin(double value)
        {
            int at = Array.BinarySearch(edges, value);
            return Math.Min(bins - 1, at >= 0 ? at : ~at - 1);
        }
        return new(Count(reference, bins, Bin), Count(current, bins, Bin));
    }

    private static double[] Count<T>(IReadOnlyList<T> values, int bins, Func<T, int> bin)
    {
        var counts = new double[bins];
        foreach (var value in values)
            counts[bin(value)]++;
        return counts;
    }
}
