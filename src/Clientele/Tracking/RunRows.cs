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
        string id = await FreeId(store, run.Id ?? DateTimeOffset.FromUnixTimeMilliseconds(store.Now).ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture));
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

    /// <summary>Ends the steps that had begun as <paramref name="state"/>, and cancels the others.</summary>
    /// <returns>How many there were.</returns>
    public static Task<int> EndSteps(StoreSession store, long run, RunState state) => store.Execute(
        """
        UPDATE steps SET state = CASE WHEN state IN ('Running', 'Retrying') THEN @state ELSE 'Cancelled' END, ended_at = @now
        WHERE run = @run AND state IN ('Scheduled', 'Pending', 'Running', 'Retrying')
        """,
        ("run", run), ("state", state.ToString()), ("now", store.Now));

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

    private static async Task<string> FreeId(StoreSession store, string wanted)
    {
        string id = wanted;
        for (int next = 2; await store.Number("SELECT number FROM runs WHERE id = @id", ("id", id)) is not null; next++)
            id = $"{wanted}-{next}";
        return id;
    }
}
