using System.Diagnostics;
using System.Security.Cryptography;

namespace Clientele.Tests.Kills;

/// <summary>
/// A small shop whose run is killed, process group and all, and taken up again: what comes out is what an undisturbed run gives, and nothing else is left.
/// </summary>
/// <param name="cli">Clientele.Cli.dll.</param>
/// <param name="folder">Empty; the shop and the processes' temporary files lie in it.</param>
internal sealed class KilledRuns(string cli, string folder, int seed)
{
    private readonly Random random = new(seed);
    private SortedDictionary<string, string> undisturbed = [];
    private TimeSpan whole;
    private int steps;

    public int Kills { get; private set; }
    public int Resumed { get; private set; }

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
        await Succeed("run", Shop, "--quiet");
        whole = watch.Elapsed;
        undisturbed = Digests();
        steps = LogLines();
    }

    /// <summary>Kills at moments drawn over a run and a little more, also runs that take up a killed one, until there were so many kills.</summary>
    public async Task AtRandom(int kills)
    {
        int until = Kills + kills;
        bool fresh = true;
        while (Kills < until)
        {
            if (fresh)
                Forget();
            fresh = false;
            if (await Killed(_ => Task.Delay(whole * (1.05 * random.NextDouble()))))
                continue;
            Check("a run that was not hit in time");
            fresh = true;
        }
        await Resume("random moments");
    }

    /// <summary>Kills a fresh run as soon as it has told of its first, second, third … step, each followed by a run to the end.</summary>
    /// <param name="every">1: at all of them.</param>
    public async Task AtBoundaries(int every = 1)
    {
        for (int lines = 1; lines <= steps; lines += every)
        {
            Forget();
            await Killed(async run =>
            {
                while (LogLines() < lines && !run.HasExited)
                    await Task.Delay(1);
            });
            await Resume($"step boundary {lines} of {steps}");
        }
    }

    /// <returns>False: it had ended before.</returns>
    private async Task<bool> Killed(Func<Process, Task> wait)
    {
        using var run = Start("setsid", ["dotnet", cli, "run", Shop, "--quiet"]);
        await Task.WhenAny(wait(run), run.WaitForExitAsync());
        if (run.HasExited)
            return false;
        using (var kill = Process.Start("kill", ["-9", "--", $"-{run.Id}"]))
            await kill.WaitForExitAsync();
        await run.WaitForExitAsync();
        Kills++;
        return run.ExitCode == 137;
    }

    private async Task Resume(string after)
    {
        await Succeed("run", Shop, "--quiet");
        Resumed++;
        Check(after);
    }

    private void Check(string after)
    {
        var now = Digests();
        if (!now.SequenceEqual(undisturbed))
            Wrong.Add($"{after}: other bytes in {string.Join(", ", now.Keys.Union(undisturbed.Keys).Where(name => now.GetValueOrDefault(name) != undisturbed.GetValueOrDefault(name)))}");
        string[] left =
        [
            .. Directory.EnumerateFileSystemEntries(Temporary),
            .. Directory.EnumerateFileSystemEntries(Path.Combine(Shop, ".clientele")).Where(path => Path.GetFileName(path) is not ("objects" or "steps" or "logs" or "lock")),
            .. Directory.EnumerateFileSystemEntries(Path.Combine(Shop, "runs")).Where(path => Path.GetFileName(path).StartsWith('.')),
        ];
        if (left.Length > 0)
            Wrong.Add($"{after}: left behind {string.Join(", ", left)}");
    }

    private void Forget()
    {
        foreach (string name in (string[])[".clientele", "runs", "clientele.db", "clientele.db-wal", "clientele.db-shm", "objects"])
            if (Path.Combine(Shop, name) is var path && Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
    }

    private int LogLines() => Directory.Exists(Path.Combine(Shop, ".clientele", "logs"))
        ? Directory.EnumerateFiles(Path.Combine(Shop, ".clientele", "logs")).Sum(path => File.ReadAllText(path).Count(c => c == '\n')) : 0;

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
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        start.Environment["TMPDIR"] = Temporary;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";        // else the runtime leaves sockets of its own
        return Process.Start(start)!;
    }
}
