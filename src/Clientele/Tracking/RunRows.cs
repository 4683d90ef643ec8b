using System.Globalization;
using Clientele.Problems;
using Clientele.Storage;

namespace Clientele.Tracking;

/// <summary>Rows of runs: how they begin and end, inside a write.</summary>
internal static class RunRows
{
    /// <returns>Its number and its id.</returns>
    public static async Task<(long Number, string Id)> Insert(StoreSession store, NewRun run)
    {
        new RunFacts { Params = run.Params, Tags = run.Tags }.Check();
        string id = await FreeId(store, run.Id ?? DateTimeOffset.FromUnixTimeMilliseconds(store.Now).ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture), run.Taken);
        await KeepSettings(store, run);
        long number = await store.Number(
            """
            INSERT INTO runs (id, experiment, parent, resumes, name, kind, state, code_version, settings_digest, created_at, fence)
            VALUES (@id, @experiment, @parent, @resumes, @name, @kind, @state, @version, @settings, @now, 0) RETURNING number
            """,
            ("id", id), ("experiment", await Experiment(store, run.Experiment)), ("parent", await NumberOf(store, run.Parent)), ("resumes", await NumberOf(store, run.Resumes)),
            ("name", run.Name.Length > 0 ? run.Name : id), ("kind", run.Kind), ("state", (run.Scheduled ? RunState.Scheduled : RunState.Pending).ToString()),
            ("version", run.CodeVersion), ("settings", run.SettingsDigest), ("now", store.Now))
            ?? throw new InvalidOperationException("The store gave no number to a run.");
        await RunFactsWriter.Write(store, number, new() { Params = run.Params, Tags = run.Tags });
        return (number, id);
    }

    /// <summary>Puts a waiting run into the hands of this process.</summary>
    /// <returns>The fence that its holder says with every write.</returns>
    public static async Task<long> Hold(StoreSession store, long run) => await store.Number(
        "UPDATE runs SET state = 'Running', fence = fence + 1, holder = @holder, lease_until = @until, started_at = @now WHERE number = @run RETURNING fence",
        ("run", run), ("holder", Holder.Current.ToString()), ("until", store.Now + (long)Runs.Lease.TotalMilliseconds), ("now", store.Now))
        ?? throw new InvalidOperationException("The store gave no fence to a run.");

    /// <summary>Ends a run for good, with a last line in its log; steps that had begun end with it, the others are cancelled.</summary>
    /// <exception cref="InvalidOperationException">Steps are not over that would have to be.</exception>
    public static async Task End(StoreSession store, long run, RunState state, string? reason, bool mayHaveOpenSteps = true)
    {
        int open = await store.Execute(
            """
            UPDATE steps SET state = CASE WHEN state IN ('Running', 'Retrying') THEN @state ELSE 'Cancelled' END, ended_at = @now
            WHERE run = @run AND state IN ('Scheduled', 'Pending', 'Running', 'Retrying')
            """,
            ("run", run), ("state", state.ToString()), ("now", store.Now));
        if (open > 0 && !mayHaveOpenSteps)
            throw new InvalidOperationException($"A run that has {open} steps that are not over cannot become {state}.");
        await store.Execute("UPDATE runs SET state = @state, reason = @reason, ended_at = @now, holder = NULL, lease_until = NULL WHERE number = @run",
            ("run", run), ("state", state.ToString()), ("reason", reason), ("now", store.Now));
        await LogLine.Add(store, run, store.Now, state switch { RunState.Completed => LogLevel.Information, RunState.Cancelled => LogLevel.Warning, _ => LogLevel.Error }, null, LogLine.Of(state, reason));
    }

    public static async Task<Run> Get(StoreSession store, string id) =>
        await store.Row($"SELECT {Run.Columns} FROM runs r WHERE r.id = @id", Run.Read, ("id", id)) ?? throw Unknown(id);

    public static ProblemException Unknown(string id) =>
        new(new("runs/unknown", $"There is no run '{id}' in the store.", "List those there are: clientele runs list."));

    private static async Task<long?> NumberOf(StoreSession store, string? id) =>
        id is null ? null : await store.Number("SELECT number FROM runs WHERE id = @id", ("id", id)) ?? throw Unknown(id);

    private static async Task<long> Experiment(StoreSession store, string name)
    {
        await store.Execute("INSERT INTO experiments (name, created_at) VALUES (@name, @now) ON CONFLICT (name) DO NOTHING", ("name", name), ("now", store.Now));
        return await store.Number("SELECT number FROM experiments WHERE name = @name", ("name", name)) ?? throw new InvalidOperationException($"The experiment {name} was not made.");
    }

    /// <summary>Keeps what a run was told to do, unless an equal run was told the same.</summary>
    public static async Task KeepSettings(StoreSession store, NewRun run)
    {
        if (run.Settings is not null)
            await store.Execute("INSERT INTO run_settings (digest, settings) VALUES (@digest, @settings) ON CONFLICT DO NOTHING", ("digest", run.SettingsDigest), ("settings", run.Settings));
    }

    private static async Task<string> FreeId(StoreSession store, string wanted, Func<string, bool> taken)
    {
        string id = wanted;
        for (int next = 2; taken(id) || await store.Number("SELECT number FROM runs WHERE id = @id", ("id", id)) is not null; next++)
            id = $"{wanted}-{next}";
        return id;
    }
}
