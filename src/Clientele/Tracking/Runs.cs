using Clientele.Problems;
using Clientele.Storage;

namespace Clientele.Tracking;

/// <summary>The runs of a store.</summary>
public sealed class Runs(Store store)
{
    /// <summary>How long a run is held without a sign of life.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(15);
    /// <summary>How often a holder gives one.</summary>
    public static TimeSpan Heartbeat { get; } = TimeSpan.FromSeconds(3);

    /// <summary>Adds a run that waits: for its moment, or to be claimed.</summary>
    public Task<Run> Create(NewRun run, CancellationToken cancel = default) => store.Write(async session =>
    {
        var (_, id) = await RunRows.Insert(session, run);
        return await RunRows.Get(session, id);
    }, cancel);

    /// <summary>Adds a run that this process has in its hands from the first moment.</summary>
    public async Task<HeldRun> Begin(NewRun run, CancellationToken cancel = default)
    {
        var (begun, fence) = await store.Write(async session =>
        {
            var (number, id) = await RunRows.Insert(session, run);
            long next = await RunRows.Hold(session, number);
            return (await RunRows.Get(session, id), next);
        }, cancel);
        return new(store, begun, fence);
    }

    /// <summary>Takes a waiting run into the hands of this process. Of several that try, one succeeds.</summary>
    /// <exception cref="ProblemException"><c>runs/held</c>: another has it. <c>runs/over</c>: it has ended. <c>runs/unknown</c>.</exception>
    public async Task<HeldRun> Claim(string id, CancellationToken cancel = default)
    {
        var (run, fence) = await store.Write(async session =>
        {
            var found = await RunRows.Get(session, id);
            if (found.State.IsFinal())
                throw new ProblemException(new("runs/over", $"The run {id} is {found.State} already.", "Begin another: clientele run."));
            if (!found.State.MayBecome(RunState.Running))
                throw new ProblemException(new("runs/held", $"The run {id} is in the hands of another process.", $"Wait for it: clientele runs show {id}."));
            long next = await RunRows.Hold(session, found.Number);
            return (await RunRows.Get(session, id), next);
        }, cancel);
        return new(store, run, fence);
    }

    /// <summary>Finds runs whose holder gave no sign of life for the length of a lease, or whose process is known to have ended, and marks them and their open steps as Crashed.</summary>
    /// <returns>Their ids.</returns>
    public async Task<IReadOnlyList<string>> NoticeDead(CancellationToken cancel = default)
    {
        // Looking first spares all others the wait for a write that would change nothing.
        if ((await store.Read(Dead, cancel)).Count == 0)
            return [];
        return await store.Write(async session =>
        {
            var dead = await Dead(session);
            foreach (var run in dead)
                await RunRows.End(session, run.Number, RunState.Crashed, run.Reason);
            return (IReadOnlyList<string>)[.. dead.Select(run => run.Id)];
        }, cancel);
    }

    /// <summary>Ends a waiting run; asks the holder of a running one to stop, which it does at its next heartbeat.</summary>
    /// <returns>True: it is cancelled. False: it was asked to stop.</returns>
    public async Task<bool> Cancel(string id, string reason, CancellationToken cancel = default)
    {
        await NoticeDead(cancel);
        return await store.Write(async session =>
        {
            var run = await RunRows.Get(session, id);
            if (run.State.IsFinal())
                throw new ProblemException(new("runs/over", $"The run {id} is {run.State} already.", "Nothing is left to cancel."));
            if (run.State is RunState.Scheduled or RunState.Pending)
            {
                await RunRows.End(session, run.Number, RunState.Cancelled, reason);
                return true;
            }
            await session.Execute("UPDATE runs SET cancel_requested_at = @now WHERE number = @run", ("run", run.Number), ("now", session.Now));
            return false;
        }, cancel);
    }

    /// <summary>Forgets runs that are over, with the runs that are part of them; files are the caller's affair. All, or nothing.</summary>
    /// <param name="dryRun">Only says what would go.</param>
    /// <exception cref="ProblemException"><c>runs/needed</c>: a model of one may be used, or was champion once. <c>runs/held</c>, <c>runs/unknown</c>.</exception>
    public async Task<RunDeletion> Delete(IReadOnlyList<string> ids, bool dryRun = false, CancellationToken cancel = default)
    {
        await NoticeDead(cancel);
        return dryRun ? await store.Read(session => RunDeletion.Of(session, ids), cancel) : await store.Write(async session =>
        {
            var deletion = await RunDeletion.Of(session, ids);
            await deletion.Do(session);
            return deletion;
        }, cancel);
    }

    /// <summary>A page of runs: those that a filter wants, in the wanted order.</summary>
    /// <exception cref="ProblemException"><c>usage/filter</c>: they cannot be ordered so, or the page is of another list.</exception>
    public Task<RunPage> Find(RunQuery query, CancellationToken cancel = default) => store.Read(session => RunSearch.Find(session, query), cancel);

    /// <exception cref="ProblemException"><c>runs/unknown</c>.</exception>
    public Task<Run> Get(string id, CancellationToken cancel = default) => store.Read(session => RunRows.Get(session, id), cancel);

    /// <summary>What a run was told to do, as its <see cref="NewRun.Settings"/> said; null: that was not kept.</summary>
    public Task<string?> Settings(string id, CancellationToken cancel = default) => store.Read(async session =>
        await session.Row("SELECT settings FROM run_settings WHERE digest = @digest", row => row.GetString(0), ("digest", (await RunRows.Get(session, id)).SettingsDigest)), cancel);

    /// <summary>All that is known of a run but its log.</summary>
    public Task<RunDetails> Details(string id, CancellationToken cancel = default) => store.Read(session => RunDetails.Read(session, id), cancel);

    /// <summary>The points of one metric, the earliest first.</summary>
    public Task<IReadOnlyList<MetricPoint>> History(string id, string metric, CancellationToken cancel = default) => store.Read(session => RunDetails.ReadHistory(session, id, metric), cancel);

    /// <summary>The points of all metrics of a run, by metric, the earliest first.</summary>
    public Task<IReadOnlyList<MetricPoint>> Histories(string id, CancellationToken cancel = default) => store.Read(session => RunDetails.ReadHistories(session, id), cancel);

    /// <summary>Lines of a run's log, in their order.</summary>
    /// <param name="after">The last position that is known already; −1: from the first.</param>
    public Task<IReadOnlyList<LogLine>> Log(string id, long after = -1, CancellationToken cancel = default) => store.Read(session => LogLine.ReadAll(session, id, after), cancel);

    /// <summary>The newest completed step with this cache key, and the files it wrote; null where there is none.</summary>
    public Task<CachedStep?> Cached(string cacheKey, CancellationToken cancel = default) => store.Read(session => CachedStep.Find(session, cacheKey), cancel);

    private static async Task<List<DeadRun>> Dead(StoreSession session) =>
        [.. (await session.Rows("SELECT number, id, holder, lease_until FROM runs WHERE state = 'Running'",
            row => new HeldRow(row.GetInt64(0), row.GetString(1), Holder.Parse(row.GetString(2)), row.GetInt64(3))))
            .Select(run => run.Dead(session.Now)).OfType<DeadRun>()];

    private sealed record DeadRun(long Number, string Id, string Reason);

    private sealed record HeldRow(long Number, string Id, Holder Holder, long LeaseUntil)
    {
        public DeadRun? Dead(long now) =>
            Holder.IsGone ? new(Number, Id, $"Process {Holder.Process} on {Holder.Machine} ended without a word.")
            : LeaseUntil < now ? new(Number, Id, $"Process {Holder.Process} on {Holder.Machine} gave no sign of life for {Lease.TotalSeconds:0} s.")
            : null;
    }
}
