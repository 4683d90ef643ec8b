using System.Security.Cryptography;
using Clientele.Artifacts;
using Clientele.Pipeline;
using Clientele.Problems;
using Clientele.Settings;
using Clientele.Synthetic;

namespace Clientele.Tests.Kills;

/// <summary>A small shop whose run fails at one of its file operations, and is run again: the failure is told clearly, and the second run gives what an undisturbed one gives.</summary>
/// <param name="folder">Empty.</param>
internal sealed class FailedRuns(string folder)
{
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
        await File.WriteAllTextAsync(yaml, (await File.ReadAllTextAsync(yaml, cancel)).Replace("resamples: 50", "resamples: 3", StringComparison.Ordinal).Replace("cutoffs: 3", "cutoffs: 1", StringComparison.Ordinal), cancel);
        int count = 0;
        await Run(new((_, _) => Interlocked.Increment(ref count)), cancel);
        (Operations, undisturbed) = (count, Digests());
    }

    /// <param name="at">Which operation fails, from 1.</param>
    public async Task FailAt(int at, CancellationToken cancel)
    {
        foreach (string name in (string[])[".clientele", "runs"])
            Directory.Delete(Path.Combine(folder, name), recursive: true);
        int count = 0;
        string? failed = null;
        try
        {
            await Run(new((operation, path) =>
            {
                if (Interlocked.Increment(ref count) == at)
                    throw new IOException($"No space left on device: {failed = $"{operation} {Path.GetRelativePath(folder, path)}"}");
            }), cancel);
            if (failed is not null)
                Wrong.Add($"operation {at}, {failed}: the run did not say that it failed");
        }
        catch (ProblemException told) when (told.Problem.Kind == "workspace/not-writable")
        {
        }
        catch (Exception other) when (other is not OperationCanceledException)
        {
            Wrong.Add($"operation {at}, {failed}: {other.GetType().Name} {other.Message}");
        }
        await Run(new(), cancel);
        if (!Digests().SequenceEqual(undisturbed))
            Wrong.Add($"operation {at}, {failed}: other bytes afterwards");
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
