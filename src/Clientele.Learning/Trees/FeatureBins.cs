namespace Clientele.Learning;

/// <summary>How the values of one column fall into at most 255 bins. NaN, and categories without a bin, fall into bin 255.</summary>
/// <param name="Cuts">Ascending; bin b holds what is above cut b−1 and at most cut b. Empty for a column of categories.</param>
/// <param name="Categories">Ascending; the category with code (and bin) b. Empty for a column of numbers.</param>
internal sealed record FeatureBins(double[] Cuts, double[] Categories)
{
    public const int Most = 255;
    public const byte Missing = 255;
    /// <summary>Quantiles are taken from at most this many rows, evenly spread over the table.</summary>
    private const int SampleSize = 1 << 17;

    public bool IsCategorical => Categories.Length > 0;

    /// <summary>Bins without the one for missing values.</summary>
    public int Count => IsCategorical ? Categories.Length : Cuts.Length + 1;

    /// <summary>Up to 255 distinct values: one bin each, cut half-way. More: bins of about equally many rows.</summary>
    public static FeatureBins OfNumbers(ReadOnlySpan<double> column, int most = Most)
    {
        int step = Math.Max(1, (column.Length + SampleSize - 1) / SampleSize), present = 0;
        var sorted = new double[(column.Length + step - 1) / step];
        for (int i = 0; i < column.Length; i += step)
            if (!double.IsNaN(column[i]))
                sorted[present++] = column[i];
        Array.Sort(sorted, 0, present);
        return new(CutsOf(sorted.AsSpan(0, present), most), []);
    }

    // Cuts at equal shares of the rows; after a frequent value, at equal shares of what is left, so that it doesn't cost the others their bins.
    private static double[] CutsOf(ReadOnlySpan<double> sorted, int most)
    {
        bool few = Distinct(sorted, most) <= most;
        var cuts = new List<double>();
        int from = 0, left = most, taken = 1, last = 0;
        for (int i = 0, next; i < sorted.Length && cuts.Count < most - 1; i = next)
        {
            next = i + 1;
            while (next < sorted.Length && sorted[next] == sorted[i])
                next++;
            bool frequent = (long)(next - i) * left > sorted.Length - from;
            if (i > last && (few || frequent || Place(sorted.Length) == i))
            {
                cuts.Add(Between(sorted[i - 1], sorted[i]));
                (last, taken) = (i, taken + 1);
            }
            if (!few && next < sorted.Length && cuts.Count < most - 1 && Place(sorted.Length) is var place && place > i && place < next)
            {
                cuts.Add(Between(sorted[next - 1], sorted[next]));
                (last, from, left, taken) = (next, next, most - cuts.Count, 1);
            }
        }
        return [.. cuts];

        int Place(int count) => from + (int)((long)taken * (count - from) / left);
    }

    /// <summary>The 255 most frequent categories get a code, ascending; of equally frequent ones the lowest.</summary>
    public static FeatureBins OfCategories(ReadOnlySpan<double> column)
    {
        var counts = new Dictionary<double, int>();
        foreach (double value in column)
            if (!double.IsNaN(value))
                counts[value] = counts.GetValueOrDefault(value) + 1;
        double[] kept = [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Take(Most).Select(pair => pair.Key).Order()];
        return kept.Length == 0 ? new([], []) : new([], kept);
    }

    public byte Bin(double value)
    {
        if (double.IsNaN(value))
            return Missing;
        if (!IsCategorical)
            return (byte)Below(Cuts, value);
        int code = Array.BinarySearch(Categories, value);
        return code < 0 ? Missing : (byte)code;
    }

    /// <summary>A number stays as it is; a category becomes its code, or NaN without one.</summary>
    public double Encode(double value) => !IsCategorical ? value : Bin(value) is not Missing and var code ? code : double.NaN;

    /// <summary>Values up to this one are in the bins up to this one; past the last cut that is every value.</summary>
    public double Cut(int bin) => IsCategorical ? 0 : bin < Cuts.Length ? Cuts[bin] : double.MaxValue;

    // How many cuts are below the value: a search without branches.
    private static int Below(double[] cuts, double value)
    {
        int first = 0, length = cuts.Length;
        while (length > 0)
        {
            int half = (length + 1) >> 1;
            first += cuts[first + half - 1] < value ? half : 0;
            length -= half;
        }
        return first;
    }

    // Stops counting when there are too many.
    private static int Distinct(ReadOnlySpan<double> sorted, int most)
    {
        int distinct = Math.Min(1, sorted.Length);
        for (int i = 1; i < sorted.Length && distinct <= most; i++)
            distinct += sorted[i] != sorted[i - 1] ? 1 : 0;
        return distinct;
    }

    // Half-way, and in any case below the upper value, so that the two stay apart.
    private static double Between(double lower, double upper)
    {
        double middle = lower / 2 + upper / 2;
        return middle < upper && middle >= lower ? middle : lower;
    }
}
