using System.Text.Json;
using Clientele.Artifacts;
using Clientele.Models;
using Clientele.Problems;

namespace Clientele.Pipeline;

/// <summary>A past run executed again from its recorded inputs, settings and version, and compared file by file. Nothing of the workspace changes.</summary>
/// <param name="Files">Files that were compared.</param>
/// <param name="Differences">Files that are not the same, or that only one of both has.</param>
public sealed record Reproduction(string Id, int Files, IReadOnlyList<string> Differences)
{
    /// <exception cref="ProblemException"><c>runs/unknown</c>, <c>runs/inputs-changed</c>, <c>runs/other-version</c>; all of a run.</exception>
    public static async Task<Reproduction> Execute(string workspace, string id, int threads, IProgress<StepProgress>? progress, TimeProvider clock, CancellationToken cancel)
    {
        string folder = Path.Combine(workspace, "runs", id);
        if (id != Path.GetFileName(id) || !File.Exists(Path.Combine(folder, Manifest.Name)))
            throw new ProblemException(new("runs/unknown", $"There is no run {id} in {workspace}.", $"Runs are named like the folders in {Path.Combine(workspace, "runs")}."));
        var manifest = JsonSerializer.Deserialize<Manifest>(await File.ReadAllBytesAsync(Path.Combine(folder, Manifest.Name), cancel), RunJson.Options)!;
        if (manifest.Version != ProductVersion.Text)
            throw new ProblemException(new("runs/other-version", $"The run {id} was made by version {manifest.Version}; this is {ProductVersion.Text}.", $"Use version {manifest.Version}: another may give other bytes."));
        var settings = ModelBundle.Load(Path.Combine(folder, "model")).Settings;
        var inputs = InputFiles.Find(workspace, settings, cancel);
        foreach (var (name, digest) in await inputs.Digests)
            if (manifest.Inputs.GetValueOrDefault(name) != digest)
                throw new ProblemException(new("runs/inputs-changed", $"The file is not the one that the run {id} was made from.", "Put the earlier file back.", new(name)));

        using var aside = HeldFolder.Create(Path.GetTempPath(), "clientele-again-");
        using var cache = WorkspaceCache.Open(aside.Path, new());
        await using var results = new RunResults(workspace, settings, inputs, threads, cache.Objects, cache.Files);
        await new StepRunner(RunSteps.Training(settings, inputs), cache, results, new(progress), live: null, freshFrom: null).Run(clock, cancel);
        var made = RunFolder.Artifacts(results);
        return new(id, made.Count, [.. made.Keys.Union(manifest.Artifacts.Keys).Order(StringComparer.Ordinal).Where(name => made.GetValueOrDefault(name) != manifest.Artifacts.GetValueOrDefault(name))]);
    }
}
