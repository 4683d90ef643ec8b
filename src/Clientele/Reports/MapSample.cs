namespace Clientele.Reports;

/// <summary>Which customers are drawn on the map.</summary>
internal static class MapSample
{
    /// <summary>More points than this make the page heavy and the picture no clearer.</summary>
    public const int Most = 2_000;

    /// <summary>Rows evenly spaced in the order of label, then outliers, then customer: every segment keeps its share, and so do its outliers, to within one point. No chance is needed.</summary>
    public static IReadOnlyList<int> Rows(IReadOnlyList<int> labels, IReadOnlyList<bool> outliers)
    {
        int[] ordered = [.. Enumerable.Range(0, labels.Count).OrderBy(row => labels[row]).ThenBy(row => outliers[row])];
        return ordered.Length <= Most
            ? ordered
            : [.. Enumerable.Range(0, Most).Select(i => ordered[(int)((2L * i + 1) * ordered.Length / (2 * Most))])];
    }
}
