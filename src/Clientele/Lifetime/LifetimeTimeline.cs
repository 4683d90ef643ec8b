namespace Clientele.Lifetime;

/// <summary>Snapshots in the order of time, and what contenders learned and said at each: everything once.</summary>
/// <param name="over">Ascending by cut-off, targets complete; may be none.</param>
/// <param name="today">The cut-off whose customers are to be valued; its window has only begun. Null: only the past is of interest.</param>
public sealed class LifetimeTimeline(IReadOnlyList<LifetimeSnapshot> over, LifetimeSnapshot? today = null, ulong seed = 42, int threads = 0)
{
    private readonly Dictionary<(string, int), ContenderFit> fits = [];
    private readonly Dictionary<(string, int), Forecast?> forecasts = [];

    /// <summary>Those that are over, then today's.</summary>
    public IReadOnlyList<LifetimeSnapshot> Snapshots { get; } = today is null ? over : [.. over, today];

    /// <summary>Where models can be judged: the window is over, and an earlier one was over by then.</summary>
    public IReadOnlyList<int> Judged { get; } = [.. Enumerable.Range(0, over.Count).Where(i => over.Any(earlier => earlier.Until <= over[i].Cutoff))];

    public ulong Seed { get; } = seed;

    /// <summary>At most this many; 0: all cores.</summary>
    public int Threads { get; } = threads;

    /// <summary>What was known at the cut-off of a snapshot.</summary>
    public LifetimePast At(int index) => new(this, index);

    internal ContenderFit Fit(IContender contender, int at, CancellationToken cancel)
    {
        if (fits.TryGetValue((contender.Name, at), out var known))
            return known;
        cancel.ThrowIfCancellationRequested();
        return fits[(contender.Name, at)] = contender.Fit(At(at), cancel);
    }

    internal Forecast? Forecast(IContender contender, int at, CancellationToken cancel)
    {
        if (forecasts.TryGetValue((contender.Name, at), out var known))
            return known;
        return forecasts[(contender.Name, at)] = Fit(contender, at, cancel).Model?.Value(Snapshots[at].WithoutTargets(), Threads, cancel);
    }
}
