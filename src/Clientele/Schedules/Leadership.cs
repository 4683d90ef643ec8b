using Clientele.Problems;
using Clientele.Storage;
using Clientele.Tracking;

namespace Clientele.Schedules;

/// <summary>
/// One of several processes leads: it holds a lease in the store under a name. A leader that gave no sign of life for the length of a lease, or whose process is known to have ended, is followed by another;
/// when it wakes up, what it writes as a leader is refused.
/// </summary>
/// <param name="lease">How long it lasts without a sign of life.</param>
public sealed class Leadership(Store store, string name, TimeSpan lease)
{
    private long fence;     // 0: not ours
    private long renewAt;

    /// <summary>Who leads instead of this process, as far as it was last seen; null: nobody, or it does itself.</summary>
    public Holder? Leader { get; private set; }

    /// <summary>Takes the lead if nobody has it, keeps it if it is ours.</summary>
    /// <returns>Whether this process leads.</returns>
    public async Task<bool> Hold(CancellationToken cancel = default)
    {
        long now = store.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (fence > 0 && now < renewAt && now > renewAt - (long)lease.TotalMilliseconds)
            return true;
        // Looking first spares the leader the wait for a write that would change nothing.
        Leader = fence == 0 ? await store.Read(async session => await Row(session) is { } row && !IsFree(session, row) ? row.Holder : null, cancel) : null;
        if (Leader is not null)
            return false;
        (fence, renewAt) = await store.Write(async session =>
        {
            var row = await Row(session);
            Leader = row is not null && !(row.Fence == fence && row.Until >= session.Now) && !IsFree(session, row) ? row.Holder : null;
            if (Leader is not null)
                return (0L, 0L);
            long mine = row?.Fence == fence && row.Until >= session.Now ? fence : (row?.Fence ?? 0) + 1;
            await session.Execute(
                """
                INSERT INTO leases (name, holder, fence, lease_until) VALUES (@name, @holder, @fence, @until)
                ON CONFLICT (name) DO UPDATE SET holder = EXCLUDED.holder, fence = EXCLUDED.fence, lease_until = EXCLUDED.lease_until
                """,
                ("name", name), ("holder", Holder.Current.ToString()), ("fence", mine), ("until", session.Now + (long)lease.TotalMilliseconds));
            return (mine, session.Now + (long)lease.TotalMilliseconds / 3);
        }, cancel);
        return fence > 0;
    }

    /// <summary>Gives the lead away, so that another need not wait for the lease to run out.</summary>
    public Task Release(CancellationToken cancel = default)
    {
        long held = Interlocked.Exchange(ref fence, 0);
        return held == 0 ? Task.CompletedTask : store.Write(session => session.Execute(
            "UPDATE leases SET lease_until = 0 WHERE name = @name AND fence = @fence", ("name", name), ("fence", held)), cancel);
    }

    /// <summary>Inside a write of the leader.</summary>
    /// <exception cref="ProblemException"><c>schedule/not-leading</c>: another leads, or the lease ran out.</exception>
    internal async Task Check(StoreSession session)
    {
        if (fence > 0 && await Row(session) is { } row && row.Fence == fence && row.Until >= session.Now)
            return;
        fence = 0;
        throw new ProblemException(new("schedule/not-leading", "This process no longer leads: its lease ran out, or another took over.", "Nothing is to be done: the other goes on."));
    }

    private bool IsFree(StoreSession session, LeaseRow? row) =>
        row is null || row.Until < session.Now || row.Until > session.Now + 2 * (long)lease.TotalMilliseconds /* the clock was set back */ || row.Holder.IsGone;

    private Task<LeaseRow?> Row(StoreSession session) => session.Row(
        "SELECT fence, holder, lease_until FROM leases WHERE name = @name", row => new LeaseRow(row.GetInt64(0), Holder.Parse(row.GetString(1)), row.GetInt64(2)), ("name", name));

    private sealed record LeaseRow(long Fence, Holder Holder, long Until);
}
