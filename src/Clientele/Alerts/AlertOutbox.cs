using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Clientele.Registry;
using Clientele.Settings;
using Clientele.Storage;

namespace Clientele.Alerts;

/// <summary>Whether somebody has an alert.</summary>
public enum AlertState
{
    /// <summary>It will be tried again.</summary>
    Waiting,
    Sent,
    /// <summary>It was tried for three days.</summary>
    GivenUp,
}

/// <param name="NextAt">When it is tried next, if it waits.</param>
/// <param name="Error">Why the last attempt failed.</param>
public sealed record AlertDelivery(Alert Alert, string Channel, AlertState State, int Attempts, DateTimeOffset NextAt, string? Error);

/// <summary>The alerts of a shop and who has them. What there is to tell is found in the store itself: a run that ended badly or found drift, a move of the champion; each is told once, however many processes look.</summary>
public sealed class AlertOutbox(Store store, string shop)
{
    /// <summary>What ended so long before the first look is told too.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromHours(1);
    // Rows of alerts that are over stay so long; what is older than a day was looked at long ago.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30), Overlap = TimeSpan.FromDays(1);
    // A delivery under way is another's only after that.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    // Standard Webhooks' schedule of retries, 75 hours in all.
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    private const string Columns = "id, channel, type, at, content, state, attempts, next_at, error";

    /// <summary>Puts what has happened since the last look into the outbox, for every channel that wants it.</summary>
    /// <returns>How many alerts.</returns>
    public async Task<int> Collect(IReadOnlyList<AlertSettings> channels, CancellationToken cancel = default)
    {
        if (channels.Count == 0)
            return 0;
        // Looking first spares all others the wait for a write that would change nothing.
        var look = await store.Read(Look, cancel);
        if (look.Watch is { } known && look.Alerts.Count == 0 && look.AuditNumber == known.AuditNumber && known.RunsSince > store.Clock.GetUtcNow() - 2 * Overlap)
            return 0;
        return await store.Write(async session =>
        {
            var (watch, alerts, audit) = await Look(session);
            foreach (var alert in alerts)
                await Add(session, alert, channels);
            long since = Math.Max(watch?.RunsSince.ToUnixTimeMilliseconds() ?? session.Now - (long)FirstLook.TotalMilliseconds, session.Now - (long)Overlap.TotalMilliseconds);
            await session.Execute(
                "INSERT INTO alert_watches (shop, runs_since, audit_number) VALUES (@shop, @since, @audit) ON CONFLICT (shop) DO UPDATE SET runs_since = EXCLUDED.runs_since, audit_number = EXCLUDED.audit_number",
                ("shop", shop), ("since", since), ("audit", audit));
            // What was told of drift stays: it may last for longer, and is told once.
            await session.Execute("DELETE FROM alerts WHERE shop = @shop AND state <> 'Waiting' AND ended_at < @before AND type <> @drift",
                ("shop", shop), ("before", session.Now - (long)Kept.TotalMilliseconds), ("drift", AlertTypes.DriftFound));
            return alerts.Count;
        }, cancel);
    }

    /// <summary>Puts one alert into the outbox, for every channel that wants it. One that is there already is told once.</summary>
    public Task Add(Alert alert, IReadOnlyList<AlertSettings> channels, CancellationToken cancel = default) => store.Write(session => Add(session, alert, channels), cancel);

    /// <summary>The newest deliveries.</summary>
    public Task<IReadOnlyList<AlertDelivery>> Latest(int count, CancellationToken cancel = default) => store.Read(async session =>
        (IReadOnlyList<AlertDelivery>)await session.Rows($"SELECT {Columns} FROM alerts WHERE shop = @shop ORDER BY at DESC, id, channel LIMIT @count", Read, ("shop", shop), ("count", (long)count)), cancel);

    /// <summary>Takes what is to be delivered now, the oldest first; for a while nobody else gets it.</summary>
    internal async Task<IReadOnlyList<AlertDelivery>> Take(int most, CancellationToken cancel)
    {
        const string due = "FROM alerts WHERE shop = @shop AND state = 'Waiting' AND next_at <= @now";
        if (await store.Read(session => session.Number($"SELECT COUNT(*) {due}", ("shop", shop), ("now", session.Now)), cancel) == 0)
            return [];
        return await store.Write(async session =>
        {
            var taken = await session.Rows($"SELECT {Columns} {due} ORDER BY at, id, channel LIMIT @most", Read, ("shop", shop), ("now", session.Now), ("most", (long)most));
            foreach (var delivery in taken)
                await session.Execute("UPDATE alerts SET next_at = @until WHERE shop = @shop AND id = @id AND channel = @channel",
                    ("until", session.Now + (long)Lease.TotalMilliseconds), ("shop", shop), ("id", delivery.Alert.Id), ("channel", delivery.Channel));
            return (IReadOnlyList<AlertDelivery>)taken;
        }, cancel);
    }

    internal Task Sent(AlertDelivery delivery, CancellationToken cancel) => store.Write(session => session.Execute(
        "UPDATE alerts SET state = 'Sent', attempts = attempts + 1, error = NULL, ended_at = @now WHERE shop = @shop AND id = @id AND channel = @channel",
        ("now", session.Now), ("shop", shop), ("id", delivery.Alert.Id), ("channel", delivery.Channel)), cancel);

    /// <param name="after">How long the receiver asked to be left alone; null: it didn't.</param>
    internal Task PutOff(AlertDelivery delivery, string error, TimeSpan? after, CancellationToken cancel) => store.Write(session =>
    {
        bool over = delivery.Attempts >= Pauses.Length;
        // Up to a tenth more or less, so that what failed together does not come back together; the alert's own id says how much.
        var pause = over ? TimeSpan.Zero : Pauses[delivery.Attempts] * (0.9 + 0.2 * (Convert.ToInt32(delivery.Alert.Id[^2..], 16) / 255.0));
        pause = after > pause ? after.Value < Pauses[^1] ? after.Value : Pauses[^1] : pause;
        return session.Execute(
            "UPDATE alerts SET state = @state, attempts = attempts + 1, error = @error, next_at = @next, ended_at = @ended WHERE shop = @shop AND id = @id AND channel = @channel",
            ("state", (over ? AlertState.GivenUp : AlertState.Waiting).ToString()), ("error", error), ("next", session.Now + (long)pause.TotalMilliseconds), ("ended", over ? session.Now : null),
            ("shop", shop), ("id", delivery.Alert.Id), ("channel", delivery.Channel));
    }, cancel);

    private async Task Add(StoreSession session, Alert alert, IReadOnlyList<AlertSettings> channels)
    {
        foreach (var channel in channels.Where(channel => channel.Wants(alert.Type)))
            await session.Execute(
                """
                INSERT INTO alerts (shop, id, channel, type, at, content, state, attempts, next_at) VALUES (@shop, @id, @channel, @type, @at, @content, 'Waiting', 0, @now) ON CONFLICT DO NOTHING
                """,
                ("shop", shop), ("id", alert.Id), ("channel", channel.Name), ("type", alert.Type), ("at", alert.At.ToUnixTimeMilliseconds()),
                ("content", JsonSerializer.Serialize(new Content(alert.Text, alert.Data))), ("now", session.Now));
    }

    private async Task<(Watch? Watch, List<Alert> Alerts, long AuditNumber)> Look(StoreSession session)
    {
        var watch = await session.Row("SELECT runs_since, audit_number FROM alert_watches WHERE shop = @shop", row => new Watch(row.Moment(0), row.GetInt64(1)), ("shop", shop));
        long first = session.Now - (long)FirstLook.TotalMilliseconds;
        var alerts = await session.Rows(
            """
            SELECT r.id, r.state, r.ended_at, r.kind, (SELECT t.value FROM run_tags t WHERE t.run = r.number AND t.key = 'schedule'),
                (SELECT s.name FROM steps s WHERE s.run = r.number AND s.state IN ('Failed', 'Crashed') ORDER BY s.position LIMIT 1)
            FROM runs r JOIN experiments e ON e.number = r.experiment
            WHERE e.name = @shop AND r.state IN ('Failed', 'Crashed') AND r.parent IS NULL AND r.ended_at >= @since ORDER BY r.ended_at, r.number
            """, row => OfRun(row.GetString(0), row.GetString(1), row.Moment(2), row.GetString(3), row.TextOrNull(4), row.TextOrNull(5)),
            ("shop", shop), ("since", watch?.RunsSince.ToUnixTimeMilliseconds() ?? first));
        foreach (var found in await DriftSpell.EndedSince(session, shop, watch?.RunsSince.ToUnixTimeMilliseconds() ?? first))
            if (OfDrift(found) is var alert && !alerts.Exists(earlier => earlier.Id == alert.Id))
                alerts.Add(alert);
        var told = (await session.Rows("SELECT DISTINCT id FROM alerts WHERE shop = @shop", row => row.GetString(0), ("shop", shop))).ToHashSet(StringComparer.Ordinal);
        alerts.RemoveAll(alert => told.Contains(alert.Id));
        var moves = await session.Rows($"SELECT {AuditEntry.Columns} FROM audit WHERE model = @shop AND alias = @champion AND number > @number AND at >= @since ORDER BY number", AuditEntry.Read,
            ("shop", shop), ("champion", ModelRegistry.Champion), ("number", watch?.AuditNumber ?? 0), ("since", watch is null ? first : 0));
        alerts.AddRange(moves.Where(move => move.Action is AuditActions.Moved or AuditActions.RolledBack).Select(OfMove));
        long audit = await session.Number("SELECT MAX(number) FROM audit") ?? 0;
        return (watch, alerts, audit);
    }

    private Alert OfRun(string id, string state, DateTimeOffset at, string kind, string? schedule, string? step)
    {
        bool crashed = state == nameof(Tracking.RunState.Crashed);
        var data = new Dictionary<string, string> { ["shop"] = shop, ["run"] = id, ["kind"] = kind, ["state"] = state };
        if (schedule is not null)
            data["schedule"] = schedule;
        if (step is not null)
            data["step"] = step;
        return new(Alert.IdOf(shop, $"run {id} {state}", at), crashed ? AlertTypes.RunCrashed : AlertTypes.RunFailed, at,
            $"{shop}: the run {id}{(schedule is null ? "" : $" of the schedule '{schedule}'")} {(crashed ? "crashed: its process or machine went away" : "failed")}{(step is null ? "" : $" in the step '{step}'")}. Look at it: clientele runs show {id}", data);
    }

    private Alert OfDrift(DriftSpell found)
    {
        string again = found.Level == DriftSpell.Levels ? "" : string.Create(CultureInfo.InvariantCulture, $" You are told again at {(found.Level + 1.0) / DriftSpell.Levels:P0}, or when it went and comes back.");
        return new(Alert.IdOf(shop, $"drift from {found.Model} at level {found.Level} since {found.First}", found.Began), AlertTypes.DriftFound, found.At,
            string.Create(CultureInfo.InvariantCulture, $"{shop}: customers have drifted from those that the champion was learnt from, in {found.Share:P0} of the features.{again} Look at it: clientele runs show {found.Run}"),
            new Dictionary<string, string> { ["shop"] = shop, ["run"] = found.Run, ["share"] = found.Share.ToString("0.###", CultureInfo.InvariantCulture), ["since_run"] = found.First });
    }

    private Alert OfMove(AuditEntry move)
    {
        bool back = move.Action == AuditActions.RolledBack;
        return new(Alert.IdOf(shop, $"audit {move.Number} {move.Digest}", move.At), back ? AlertTypes.ModelRolledBack : AlertTypes.ModelPromoted, move.At,
            $"{shop}: version {move.Version} is the champion{(back ? " again: the one after it was rolled back" : "")}. Look at it: clientele models show {move.Version}",
            new Dictionary<string, string> { ["shop"] = shop, ["version"] = $"{move.Version}", ["audit_entry"] = $"{move.Number}" });
    }

    private static AlertDelivery Read(DbDataReader row)
    {
        var content = JsonSerializer.Deserialize<Content>(row.GetString(4))!;
        return new(new(row.GetString(0), row.GetString(2), row.Moment(3), content.Text, content.Data), row.GetString(1), Enum.Parse<AlertState>(row.GetString(5)), (int)row.GetInt64(6), row.Moment(7), row.TextOrNull(8));
    }

    private sealed record Watch(DateTimeOffset RunsSince, long AuditNumber);

    private sealed record Content(string Text, IReadOnlyDictionary<string, string> Data);
}
