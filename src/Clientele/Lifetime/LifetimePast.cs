namespace Clientele.Lifetime;

/// <summary>
/// What was known at a cut-off: windows that were over by then, and what everybody had bought so far. It also tells what a contender would have said at
/// those earlier cut-offs, each time learning only from what was over by then.
/// </summary>
public sealed class LifetimePast
{
    private readonly LifetimeTimeline timeline;
    private readonly int at;

    internal LifetimePast(LifetimeTimeline timeline, int at)
    {
        (this.timeline, this.at) = (timeline, at);
        var cutoff = timeline.Snapshots[at].Cutoff;
        Now = timeline.Snapshots[at].WithoutTargets();
        Earlier = [.. Enumerable.Range(0, at).Where(i => timeline.Snapshots[i].Until <= cutoff)];
        Over = [.. Earlier.Select(i => timeline.Snapshots[i])];
    }

    /// <summary>Snapshots whose window was over, ascending; may be none.</summary>
    public IReadOnlyList<LifetimeSnapshot> Over { get; }

    /// <summary>Everybody at the cut-off; its targets are zeros.</summary>
    public LifetimeSnapshot Now { get; }

    public ulong Seed => timeline.Seed;

    /// <summary>At most this many; 0: all cores.</summary>
    public int Threads => timeline.Threads;

    private int[] Earlier { get; }

    /// <summary>The contender's model as of this cut-off, learned once.</summary>
    public ContenderFit Fit(IContender contender, CancellationToken cancel) => timeline.Fit(contender, at, cancel);

    /// <summary>The contender's models as of each of <see cref="Over"/>.</summary>
    public IReadOnlyList<ContenderFit> Learned(IContender contender, CancellationToken cancel) => [.. Earlier.Select(i => timeline.Fit(contender, i, cancel))];

    /// <summary>What the contender would have said at each of <see cref="Over"/>; null where it had too little to learn from.</summary>
    public IReadOnlyList<Forecast?> Said(IContender contender, CancellationToken cancel) => [.. Earlier.Select(i => timeline.Forecast(contender, i, cancel))];
}
