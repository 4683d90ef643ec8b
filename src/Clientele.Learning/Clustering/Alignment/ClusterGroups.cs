namespace Clientele.Learning;

/// <summary>Clusters of two fits that belong together: one with one, one with several, or several with one.</summary>
internal sealed class ClusterGroups
{
    // Of every cluster those of the other fit that it is joined with.
    private readonly List<int>[] ofBefore, ofAfter;

    public ClusterGroups(int before, int after) =>
        (ofBefore, ofAfter) = ([.. Enumerable.Range(0, before).Select(_ => new List<int>())], [.. Enumerable.Range(0, after).Select(_ => new List<int>())]);

    /// <summary>Joins the two unless that would leave several on both sides.</summary>
    public void Join(int before, int after)
    {
        bool fits = (ofBefore[before], ofAfter[after]) switch
        {
            ([], []) => true,
            ([], [var hub]) => ofBefore[hub].Count == 1,
            ([], _) => true,
            ([var hub], []) => ofAfter[hub].Count == 1,
            (_, []) => true,
            _ => false,
        };
        if (!fits)
            return;
        ofBefore[before].Add(after);
        ofAfter[after].Add(before);
    }

    /// <param name="overlap">Null: confidence is left at 0.</param>
    public IEnumerable<ClusterFate> Fates(Overlap? overlap)
    {
        for (int b = 0; b < ofBefore.Length; b++)
        {
            if (ofBefore[b] is [])
                yield return new(ClusterChange.Retired, [b], [], overlap is null || overlap.Before[b] == 0 ? 0 : Alone(ofAfter.Length, a => overlap.Jaccard([b], [a])));
            else if (ofBefore[b] is { Count: > 1 } parts)
                yield return Fate(ClusterChange.Split, [b], [.. parts.Order()]);
            else if (ofAfter[ofBefore[b][0]] is var whole && whole.Min() == b)
                yield return Fate(whole.Count > 1 ? ClusterChange.Merge : ClusterChange.Keep, [.. whole.Order()], [ofBefore[b][0]]);
        }
        for (int a = 0; a < ofAfter.Length; a++)
            if (ofAfter[a] is [])
                yield return new(ClusterChange.New, [], [a], overlap is null || overlap.After[a] == 0 ? 0 : Alone(ofBefore.Length, b => overlap.Jaccard([b], [a])));

        ClusterFate Fate(ClusterChange change, int[] before, int[] after) => new(change, before, after, overlap?.Jaccard(before, after) ?? 0);
    }

    private static double Alone(int others, Func<int, double> jaccard) => 1 - Enumerable.Range(0, others).Max(jaccard);
}
