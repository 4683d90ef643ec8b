using Clientele.Problems;
using Clientele.Storage;
using Clientele.Tracking;

namespace Clientele.Mlflow;

/// <summary>What the store knows of one server: what is there already, and what waits.</summary>
internal sealed class ExportMemory(Store store, MlflowAddress server)
{
    // Of a process on another machine; one on this machine is known to be gone when it is.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(15);

    private readonly string server = server.ToString();

    /// <summary>This store's own name.</summary>
    public Task<string> Origin(CancellationToken cancel) => store.Write(async session =>
    {
        if (await session.Row("SELECT id FROM mlflow_origin", row => row.GetString(0)) is { } known)
            return known;
        string made = Guid.NewGuid().ToString("N");
        await session.Execute("INSERT INTO mlflow_origin (id) VALUES (@id)", ("id", made));
        return made;
    }, cancel);

    /// <summary>Lets this process alone send to the server, until <see cref="Release"/> or its end.</summary>
    /// <exception cref="ProblemException"><c>mlflow/busy</c>.</exception>
    public Task Claim(CancellationToken cancel) => store.Write(async session =>
    {
        await session.Execute("INSERT INTO mlflow_servers (server) VALUES (@server) ON CONFLICT DO NOTHING", ("server", server));
        var held = await session.Row("SELECT holder, lease_until FROM mlflow_servers WHERE server = @server", row => Tuple.Create(row.TextOrNull(0), row.IsDBNull(1) ? 0 : row.GetInt64(1)), ("server", server));
        if (held is { Item1: { } text } && Holder.Parse(text) is { IsGone: false } holder && held.Item2 > session.Now && text != Holder.Current.ToString())
            throw new ProblemException(new("mlflow/busy", $"Process {holder.Process} on {holder.Machine} is sending to {server}.", "Wait for it; then push again."));
        await Hold(session);
    }, cancel);

    public Task Release() => store.Write(session =>
        session.Execute("UPDATE mlflow_servers SET holder = NULL, lease_until = NULL WHERE server = @server AND holder = @holder", ("server", server), ("holder", Holder.Current.ToString())), CancellationToken.None);

    /// <summary>From now on runs are sent as they end; those before a run that is named here are not.</summary>
    public Task SendFrom(Run first, CancellationToken cancel) => store.Write(session => session.Execute(
        "INSERT INTO mlflow_servers (server, after_run) VALUES (@server, @after) ON CONFLICT (server) DO UPDATE SET after_run = COALESCE(mlflow_servers.after_run, EXCLUDED.after_run)",
        ("server", server), ("after", first.Number - 1)), cancel);

    /// <summary>Ids of runs that are over and not all there, the first first.</summary>
    public Task<List<string>> Waiting(string experiment, bool files, CancellationToken cancel) => store.Read(session => session.Rows(
        """
        SELECT r.id FROM runs r JOIN experiments e ON e.number = r.experiment JOIN mlflow_servers s ON s.server = @server
        LEFT JOIN mlflow_runs m ON m.server = s.server AND m.run = r.number
        WHERE e.name = @experiment AND r.number > s.after_run AND r.state IN ('Completed', 'Failed', 'Crashed', 'Cancelled', 'Cached')
          AND COALESCE(m.sent, 0) < @wanted AND m.problem IS NULL ORDER BY r.number
        """, row => row.GetString(0), ("server", server), ("experiment", experiment), ("wanted", files ? 2L : 1L)), cancel);

    /// <summary>What is known of a run there; null: nothing.</summary>
    public Task<SentRun?> Sent(Run run, CancellationToken cancel) => store.Read(session => session.Row(
        "SELECT remote, sent, problem FROM mlflow_runs WHERE server = @server AND run = @run", row => new SentRun(row.GetString(0), row.GetInt64(1), row.TextOrNull(2)), ("server", server), ("run", run.Number)), cancel);

    public Task Remember(Run run, SentRun sent, CancellationToken cancel) => store.Write(async session =>
    {
        await session.Execute(
            """
            INSERT INTO mlflow_runs (server, run, remote, sent, problem) VALUES (@server, @run, @remote, @sent, @problem)
            ON CONFLICT (server, run) DO UPDATE SET remote = EXCLUDED.remote, sent = EXCLUDED.sent, problem = EXCLUDED.problem
            """, ("server", server), ("run", run.Number), ("remote", sent.Remote), ("sent", sent.Parts), ("problem", sent.Problem));
        await Hold(session);
    }, cancel);

    /// <summary>It is not there any more.</summary>
    public Task Forget(Run run, CancellationToken cancel) => store.Write(async session =>
    {
        await session.Execute("DELETE FROM mlflow_runs WHERE server = @server AND run = @run", ("server", server), ("run", run.Number));
        await session.Execute("DELETE FROM mlflow_files WHERE server = @server AND run = @run", ("server", server), ("run", run.Number));
    }, cancel);

    /// <summary>Files of a run that have arrived: digests by path.</summary>
    public Task<Dictionary<string, string>> Files(Run run, CancellationToken cancel) => store.Read(async session =>
        (await session.Rows("SELECT path, digest FROM mlflow_files WHERE server = @server AND run = @run", row => KeyValuePair.Create(row.GetString(0), row.GetString(1)), ("server", server), ("run", run.Number))).ToDictionary(), cancel);

    public Task Arrived(Run run, string path, string digest, CancellationToken cancel) => store.Write(async session =>
    {
        await session.Execute("INSERT INTO mlflow_files (server, run, path, digest) VALUES (@server, @run, @path, @digest) ON CONFLICT (server, run, path) DO UPDATE SET digest = EXCLUDED.digest",
            ("server", server), ("run", run.Number), ("path", path), ("digest", digest));
        await Hold(session);
    }, cancel);

    /// <summary>Notes an experiment's id there. Where it was another one before, all that was sent of its runs is forgotten.</summary>
    public Task Experiment(string name, string remote, CancellationToken cancel) => store.Write(async session =>
    {
        long number = await session.Number("SELECT number FROM experiments WHERE name = @name", ("name", name)) ?? throw new InvalidOperationException($"There is no experiment {name}.");
        string? before = await session.Row("SELECT remote FROM mlflow_experiments WHERE server = @server AND experiment = @experiment", row => row.GetString(0), ("server", server), ("experiment", number));
        if (before == remote)
            return;
        foreach (string table in (string[])["mlflow_runs", "mlflow_files"])
            await session.Execute($"DELETE FROM {table} WHERE server = @server AND run IN (SELECT number FROM runs WHERE experiment = @experiment)", ("server", server), ("experiment", number));
        await session.Execute("INSERT INTO mlflow_experiments (server, experiment, remote) VALUES (@server, @experiment, @remote) ON CONFLICT (server, experiment) DO UPDATE SET remote = EXCLUDED.remote",
            ("server", server), ("experiment", number), ("remote", remote));
    }, cancel);

    /// <summary>How many runs of an experiment are there, by server; and how many wait.</summary>
    public static Task<List<ExportState>> States(Store store, string experiment, CancellationToken cancel) => store.Read(session => session.Rows(
        """
        SELECT s.server, SUM(CASE WHEN m.sent > 0 THEN 1 ELSE 0 END), SUM(CASE WHEN COALESCE(m.sent, 0) = 0 AND r.number > s.after_run THEN 1 ELSE 0 END), MAX(m.problem)
        FROM mlflow_servers s JOIN experiments e ON e.name = @experiment JOIN runs r ON r.experiment = e.number
        LEFT JOIN mlflow_runs m ON m.server = s.server AND m.run = r.number GROUP BY s.server ORDER BY s.server
        """, row => new ExportState(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.TextOrNull(3)), ("experiment", experiment)), cancel);

    private Task<int> Hold(StoreSession session) => session.Execute("UPDATE mlflow_servers SET holder = @holder, lease_until = @until WHERE server = @server",
        ("server", server), ("holder", Holder.Current.ToString()), ("until", session.Now + (long)Lease.TotalMilliseconds));
}

/// <param name="Remote">Its id there.</param>
/// <param name="Parts">0: not all of it; 1: all but its files; 2: all.</param>
/// <param name="Problem">What the server did not take.</param>
internal sealed record SentRun(string Remote, long Parts, string? Problem = null);

/// <param name="Sent">Runs that are on the server.</param>
/// <param name="Waiting">Runs that are to be sent as they end, and are not there yet.</param>
/// <param name="Problem">What the server did not take of one of them; null: nothing.</param>
public sealed record ExportState(string Server, long Sent, long Waiting, string? Problem);
