using System.Diagnostics;
using System.Security.Cryptography;
using Clientele.Pipeline;
using Clientele.Tracking;
using Microsoft.Data.Sqlite;

namespace Clientele.Tests.Kills;

/// <summary>
/// A small shop whose run is killed, process group and all, and taken up again, by <c>runs resume</c> and by a plain <c>run</c> in turn: what comes out is what an undisturbed run gives,
/// no run is left at work, the store is sound, and nothing else is left.
/// </summary>
/// <param name="cli">Clientele.Cli.dll.</param>
/// <param name="folder">Empty; the shop and the processes' temporary files lie in it.</param>
internal sealed class KilledRuns(string cli, string folder, int seed)
{
    private readonly Random random = new(seed);
    private SortedDictionary<string, string> undisturbed = [];
    private TimeSpan whole;

    public int Kills { get; private set; }
    /// <summary>Runs that came to their end after a kill.</summary>
    public int Finished { get; private set; }
    /// <summary>Of all that took up a killed run: by <c>runs resume</c>.</summary>
    public int Resumed { get; private set; }
    /// <summary>What an undisturbed run shows from outside: steps that it says are finished, results that it keeps, its folder.</summary>
    public int Boundaries { get; private set; }

    /// <summary>What was wrong, if anything.</summary>
    public List<string> Wrong { get; } = [];

    private string Shop => Path.Combine(folder, "shop");
    private string Temporary => Path.Combine(folder, "tmp");

    public async Task Prepare(int customers)
    {
        Directory.CreateDirectory(Temporary);
        await Succeed("data", "generate", Shop, "--customers", $"{customers}", "--seed", "11", "--quiet");
        await Succeed("init", Shop, "--source", Path.Combine(Shop, "orders.csv"), "--name", "Shop");
        string yaml = Path.Combine(Shop, "clientele.yaml");
        await File.WriteAllTextAsync(yaml, (await File.ReadAllTextAsync(yaml)).Replace("resamples: 50", "resamples: 3", StringComparison.Ordinal).Replace("cutoffs: 3", "cutoffs: 1", StringComparison.Ordinal));
        await Succeed("run", Shop, "--quiet");      // the disk and the processor are warm
        Forget();
        var watch = Stopwatch.StartNew();
        using var run = Start("dotnet", [cli, "run", Shop]);
        int finished = 0;
        while (await run.StandardError.ReadLineAsync() is { } line)
            finished += IsFinished(line) ? 1 : 0;
        await run.WaitForExitAsync();
        whole = watch.Elapsed;
        undisturbed = Digests();
        Boundaries = finished + Kept();
    }

    /// <summary>Kills at moments drawn over a run and a little more, also runs that take up a killed one, until there were so many kills.</summary>
    /// <param name="afterKill">Called after each, when the counts are up to date.</param>
    public async Task AtRandom(int kills, Action? afterKill = null)
    {
        int until = Kills + kills;
        bool fresh = true;
        while (Kills < until)
        {
            if (fresh)
                Forget();
            fresh = false;
            if (await Killed(await Again(), _ => Task.Delay(whole * (1.05 * random.NextDouble()))))
            {
                afterKill?.Invoke();
                continue;
            }
            Finished++;
            await Check("a run that was not hit in time");
            fresh = true;
        }
        await Finish("random moments");
    }

    /// <summary>Kills a fresh run as soon as it shows its first, second, third … boundary, each followed by a run to the end.</summary>
    /// <param name="first">From 0: at once after the start.</param>
    /// <param name="every">1: at all of them.</param>
    public async Task AtBoundaries(int first = 0, int every = 1)
    {
        for (int boundary = first; boundary <= Boundaries; boundary += every)
        {
            Forget();
            await Killed(["run", Shop], async run =>
            {
                int finished = 0;
                var reading = Task.Run(async () =>
                {
                    while (await run.StandardError.ReadLineAsync() is { } line)
                        Interlocked.Add(ref finished, IsFinished(line) ? 1 : 0);
                });
                while (Volatile.Read(ref finished) + Kept() < boundary && !reading.IsCompleted)
                    await Task.Delay(1);
            });
            await Finish($"boundary {boundary} of {Boundaries}");
        }
    }

    /// <returns>False: it had ended before.</returns>
    private async Task<bool> Killed(string[] words, Func<Process, Task> wait)
    {
        using var run = Start("setsid", ["dotnet", cli, .. words]);
        await Task.WhenAny(wait(run), run.WaitForExitAsync());
        if (run.HasExited)
            return false;
        using (var kill = Process.Start("kill", ["-9", "--", $"-{run.Id}"]))
            await kill.WaitForExitAsync();
        await run.WaitForExitAsync();
        while (await IsAlive(run.Id))
            await Task.Delay(5);
        Kills++;
        return run.ExitCode == 137;
    }

    // Its engine dies a moment after it, and holds its folder until then.
    private static async Task<bool> IsAlive(int group)
    {
        using var ask = Process.Start(new ProcessStartInfo("kill", ["-0", "--", $"-{group}"]) { RedirectStandardError = true })!;
        await ask.WaitForExitAsync();
        return ask.ExitCode == 0;
    }

    // Every second time by its id, if it came as far as having one.
    private async Task<string[]> Again()
    {
        if (random.Next(2) == 0)
            return ["run", Shop, "--quiet"];
        var runs = await Runs();
        if (runs is not [{ State: RunState.Crashed } crashed, ..])
            return ["run", Shop, "--quiet"];
        Resumed++;
        return ["runs", "resume", crashed.Id, "-w", Shop, "--quiet"];
    }

    private async Task Finish(string after)
    {
        await Succeed(await Again());
        Finished++;
        await Check(after);
    }

    private async Task Check(string after)
    {
        var now = Digests();
        if (!now.SequenceEqual(undisturbed))
            Wrong.Add($"{after}: other bytes in {string.Join(", ", now.Keys.Union(undisturbed.Keys).Where(name => now.GetValueOrDefault(name) != undisturbed.GetValueOrDefault(name)))}");
        string[] left =
        [
            .. Directory.EnumerateFileSystemEntries(Temporary).Where(path => !Path.GetFileName(path).StartsWith('.')),        // in the making: goes with the first run that is a minute later
            .. Directory.EnumerateFileSystemEntries(Path.Combine(Shop, ".clientele")).Where(path => Path.GetFileName(path) is not ("objects" or "steps" or "lock")),
            .. Directory.EnumerateFileSystemEntries(Path.Combine(Shop, "runs")).Where(path => Path.GetFileName(path).StartsWith('.')),
        ];
        if (left.Length > 0)
            Wrong.Add($"{after}: left behind {string.Join(", ", left)}");
        await CheckStore(after);
    }

    private async Task CheckStore(string after)
    {
        var runs = await Runs();
        if (runs is not [{ State: RunState.Completed }, ..] || runs.Skip(1).Any(run => run.State is not (RunState.Completed or RunState.Crashed)))
            Wrong.Add($"{after}: the store has {string.Join(", ", runs.Select(run => $"{run.Id} {run.State} {run.Reason}"))}");
        await using (var store = await WorkspaceStore.Open(Shop, TimeProvider.System))
        {
            if ((await store.Runs.Details(runs[0].Id)).Steps.Any(step => step.State is not (RunState.Completed or RunState.Cached)))
                Wrong.Add($"{after}: the store has steps that are not over");
            if ((await store.Models.Verify()).Faults is [var fault, ..])
                Wrong.Add($"{after}: the registry is not sound: {fault}");
        }
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Shop, "clientele.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        if (command.ExecuteScalar() is not "ok")
            Wrong.Add($"{after}: the database is damaged");
    }

    // The newest first. A store that was killed while it was made is made by whoever looks.
    private async Task<IReadOnlyList<Run>> Runs()
    {
        await using var store = await WorkspaceStore.Open(Shop, TimeProvider.System);
        await store.Runs.NoticeDead();
        return [.. (await store.Runs.Find(new() { Limit = 10_000 })).Rows.Select(row => row.Run)];
    }

    private void Forget()
    {
        foreach (string name in (string[])[".clientele", "runs", "clientele.db", "clientele.db-wal", "clientele.db-shm", "objects"])
            if (Path.Combine(Shop, name) is var path && Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
    }

    private static bool IsFinished(string line) => line.TrimStart().StartsWith('✓');

    // Results of steps that are kept, and the run's folder and links.
    private int Kept() => Names(Path.Combine(Shop, ".clientele", "steps"), "*.json", SearchOption.AllDirectories) + Names(Path.Combine(Shop, "runs"), "*", SearchOption.TopDirectoryOnly);

    private static int Names(string path, string pattern, SearchOption depth) => Directory.Exists(path) ? Directory.EnumerateFileSystemEntries(path, pattern, depth).Count() : 0;

    private SortedDictionary<string, string> Digests()
    {
        string latest = Path.Combine(Shop, "runs", "latest");
        return new(Directory.EnumerateFiles(latest, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != "run.json")
            .ToDictionary(path => Path.GetRelativePath(latest, path), path => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))), StringComparer.Ordinal);
    }

    private async Task Succeed(params string[] arguments)
    {
        using var process = Start("dotnet", [cli, .. arguments]);
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"clientele {string.Join(' ', arguments)} ended with {process.ExitCode}: {error}");
    }

    private Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["TMPDIR"] = Temporary;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";        // else the runtime leaves sockets of its own
        var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        return process;
    }
}
