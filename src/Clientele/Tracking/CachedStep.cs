using Clientele.Storage;

namespace Clientele.Tracking;

/// <summary>A step that was done before.</summary>
/// <param name="Run">Id of the run that did it.</param>
/// <param name="Folder">Where its files are.</param>
/// <param name="Detail">What it found.</param>
public sealed record CachedStep(string Run, string? Folder, string Name, string? Detail, IReadOnlyList<RunArtifact> Artifacts)
{
    internal static async Task<CachedStep?> Find(StoreSession store, string cacheKey)
    {
        var step = await store.Row(
            """
            SELECT r.number, r.id, r.folder, s.name, s.detail FROM steps s JOIN runs r ON r.number = s.run
            WHERE s.cache_key = @key AND s.state = 'Completed' ORDER BY s.run DESC LIMIT 1
            """,
            row => (Number: row.GetInt64(0), Found: new CachedStep(row.GetString(1), row.TextOrNull(2), row.GetString(3), row.TextOrNull(4), [])).ToTuple(), ("key", cacheKey));
        if (step is null)
            return null;
        var artifacts = await store.Rows("SELECT path, digest, bytes, step FROM run_artifacts WHERE run = @run AND step = @step ORDER BY path",
            row => new RunArtifact(row.GetString(0), row.GetString(1), row.GetInt64(2), row.TextOrNull(3)), ("run", step.Item1), ("step", step.Item2.Name));
        return step.Item2 with { Artifacts = artifacts };
    }
}
