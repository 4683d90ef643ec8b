using System.Text.Json;
using Clientele.Problems;
using Clientele.Registry;

namespace Clientele.Pipeline;

/// <summary>
/// A version that shall follow the champion, and how it does beside it: the one door through which people, requests and runs make champions. What was decided stands in the audit with its figures.
/// </summary>
/// <param name="Champion">Null: there is none.</param>
/// <param name="Judgement">Null: there is nothing to compare it with, or it cannot be compared.</param>
/// <param name="Unjudged">Why it cannot be compared; null: it can, or need not be.</param>
public sealed record ModelPromotion(ModelVersion Version, ModelVersion? Champion, Judgement? Judgement, Problem? Unjudged)
{
    private static readonly JsonSerializerOptions Compact = new(RunJson.Options) { WriteIndented = false };

    /// <summary>Judges by the workspace's gates; nothing is changed.</summary>
    /// <exception cref="ProblemException"><c>objects/*</c>: a file of either version is missing or damaged. <c>models/deleted</c>.</exception>
    public static async Task<ModelPromotion> Judge(WorkspaceStore store, ModelVersion version, CancellationToken cancel = default)
    {
        if (version.DeletedAt is not null)
            throw new ProblemException(new("models/deleted", $"{version.Model} {version.Version} was deleted.", "Choose another version: clientele models list."));
        await store.Models.Files(version, store.Bundles, cancel);       // what is damaged is never champion
        var champion = await store.Models.Called(store.Name, ModelRegistry.Champion, cancel);
        if (champion is null || champion == version)
            return new(version, champion, null, null);
        try
        {
            return new(version, champion, await ModelJudge.Judge(store, champion, version, store.Gates, cancel), null);
        }
        catch (ProblemException unjudged) when (unjudged.Problem.Kind.StartsWith("models/", StringComparison.Ordinal))
        {
            return new(version, champion, null, unjudged.Problem);
        }
    }

    /// <summary>Why it may not follow the champion unless it is forced to; null: it may.</summary>
    public Problem? Obstacle => Unjudged ?? (Judgement is { Passed: false } judgement
        ? new("models/gates", $"{Version.Model} {Version.Version} does not pass: {string.Join(", ", judgement.Gates.Where(gate => !gate.Passed).Select(gate => gate.Name))}.",
            "Train a better one, or change 'gates:' in clientele.yaml. If you know better, force it: that stands in the audit, with your reason.")
        : null);

    /// <summary>Which customers would move, by what both models say of the newer one's customers; where they cannot be compared, by what their runs wrote down.</summary>
    /// <exception cref="ProblemException"><c>models/no-preview</c>: a run wrote down nothing.</exception>
    public async Task<SegmentMoves> Preview(WorkspaceStore store, CancellationToken cancel = default) =>
        Judgement?.Moves ?? await ModelPreview.Between(store, Champion ?? Version, Version, cancel);

    /// <summary>Makes the version champion unless there is an obstacle and it is not forced.</summary>
    /// <returns>Null: it is champion; else why it is not, which is on record now.</returns>
    /// <exception cref="ProblemException"><c>models/changed</c>: meanwhile another is the champion.</exception>
    public async Task<Problem?> Decide(WorkspaceStore store, Act by, bool force, CancellationToken cancel = default)
    {
        if (Obstacle is { } obstacle && !force)
        {
            await store.Models.RecordJudgement(store.Name, Version.Version, Record("refused"), by, cancel);
            return obstacle;
        }
        bool compared = Champion is not null && Champion != Version;
        await store.Models.Promote(store.Name, Version.Version, by, compared ? (Champion!.Version, Record(Obstacle is null ? "promoted" : "forced")) : null, cancel);
        return null;
    }

    private string Record(string decision) => JsonSerializer.Serialize(
        new { decision, Champion = Champion!.Version, Challenger = Version.Version, Judgement?.Passed, Judgement?.Gates, Judgement?.Moves.Customers, Judgement?.Moves.Moved, Unjudged = Unjudged?.What }, Compact);
}
