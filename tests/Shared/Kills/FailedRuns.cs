using System.Security.Cryptography;
using Clientele.Artifacts;
using Clientele.Pipeline;
using Clientele.Problems;
using Clientele.Settings;
using Clientele.Synthetic;
using Clientele.Tracking;

namespace Clientele.Tests.Kills;

/// <summary>
/// A small shop whose run fails at one of its file operations: once, so that a step is done again, or from then on, as on a full disk. What the run does about it is right:
/// it comes to the bytes of an undisturbed one, or says clearly why not, and then the next one does.
/// </summary>
/// <param name="folder">Empty.</param>
internal sealed class FailedRuns(string folder)
{
    private const int NoSpace = 28;       // errno(3)

    private SortedDictionary<string, string> undisturbed = [];

    /// <summary>File operations of an undisturbed run: writes, flushes, renames.</summary>
    public int Operations { get; private set; }

    /// <summary>What was wrong, if anything.</summary>
    public List<string> Wrong { get; } = [];

    public async Task Prepare(int customers, CancellationToken cancel)
    {
        SyntheticShop.Write(folder, new() { Customers = customers, Seed = 11 }, null, cancel);
        await NewWorkspace.Create(folder, Preset.All.Single(preset => preset.Name == "orders"), [Path.Combine(folder, "orders.csv")], "Shop", overwrite: true, cancel);
        string yaml = Path.Combine(folder, SettingsFile.Name);
        await File.WriteAllTextAsync(yaml, (await File.ReadAllTextAsync(yaml, cancel)).Replace("resamples: 50", "resamples: 3", StringComparison.Ordinal).Replace("cutoffs: 3", "cutoffs: 1", StringComparison.Ordinal).Replace("retry_delay: 1 s", "retry_delay: 1 ms", StringComparison.Ordinal), cancel);
        int count = 0;
        await Run(new((_, _) => Interlocked.Increment(ref count)), cancel);
        (Operations, undisturbed) = (count, Digests());
    }

    /// <summary>Runs that came to their end although an operation failed.</summary>
    public int Mended { get; private set; }

    /// <param name="at">Which operation fails, from 1.</param>
    /// <param name="fullDisk">All after it fail too, as on a disk without room; else it alone does.</param>
    public async Task FailAt(int at, bool fullDisk, CancellationToken cancel)
    {
        foreach (string name in (string[])[".clientele", "runs"])
            Directory.Delete(Path.Combine(folder, name), recursive: true);
        int count = 0;
        string? failed = null;
        try
        {
            await Run(new((operation, path) =>
            {
                int now = Interlocked.Increment(ref count);
                if (now < at || (now > at && !fullDisk))
                    return;
                failed ??= $"{operation} {Path.GetRelativePath(folder, path)}{(fullDisk ? ", full disk" : "")}";
                throw fullDisk ? new IOException("No space left on device.", NoSpace) : new IOException("Input/output error.");
            }), cancel);
            if (failed is not null && fullDisk)
                Wrong.Add($"operation {at}, {failed}: the run did not say that it failed");
            else if (failed is not null)
                Mended++;
            Check(at, failed);
        }
        catch (ProblemException told) when (told.Problem.Kind.StartsWith("disk/", StringComparison.Ordinal))
        {
        }
        catch (Exception other) when (other is not OperationCanceledException)
        {
            Wrong.Add($"operation {at}, {failed}: {other.GetType().Name} {other.Message}");
        }
        await Run(new(), cancel);
        Check(at, failed);
        await using var store = await WorkspaceStore.Open(folder, TimeProvider.System, cancel);
        foreach (var run in (await store.Runs.Find(new() { Limit = 2 }, cancel)).Rows.Select(row => row.Run))
            if (run.State is not (RunState.Completed or RunState.Failed))
                Wrong.Add($"operation {at}, {failed}: the store has a run that is {run.State}");
    }

    private void Check(int at, string? failed)
    {
        if (!Digests().SequenceEqual(undisturbed))
            Wrong.Add($"operation {at}, {failed}: other bytes");
        if (Directory.EnumerateFileSystemEntries(Path.Combine(folder, WorkspaceCache.FolderName)).Any(path => Path.GetFileName(path).Contains("work", StringComparison.Ordinal)))
            Wrong.Add($"operation {at}, {failed}: something is left aside");
    }

    private Task<RunResult> Run(DurableFiles files, CancellationToken cancel) => PipelineRun.Train(folder, new() { Files = files }, null, TimeProvider.System, cancel);

    private SortedDictionary<string, string> Digests()
    {
        string latest = Path.Combine(folder, "runs", "latest");
        return new(Directory.EnumerateFiles(latest, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != "run.json")
            .ToDictionary(path => Path.GetRelativePath(latest, path), path => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))), StringComparer.Ordinal);
    }
}
