namespace Clientele.Learning;

/// <summary>Many tests at once: p-values adjusted so that of what is called a finding at most the asked share is expected to be chance.</summary>
public static class FalseDiscoveries
{
    /// <summary>min over j ≥ i of m·p₍ⱼ₎/j, at most 1, in the order given. Source: Benjamini &amp; Hochberg (1995), J. R. Stat. Soc. B 57(1).</summary>
    /// <param name="pValues">m values, 0 … 1.</param>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        if (!pValues.All(p => p is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(pValues), "A p-value lies between 0 and 1.");
        double[] sorted = [.. pValues], adjusted = new double[sorted.Length];
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        double least = 1;
        for (int i = sorted.Length - 1; i >= 0; i--)
            adjusted[order[i]] = least = Math.Min(least, sorted.Length * sorted[i] / (i + 1));
        return adjusted;
    }
}
