using Clientele.Problems;
using Clientele.Storage;

namespace Clientele.Registry;

public sealed partial class ModelRegistry
{
    /// <summary>Names of all models.</summary>
    public Task<IReadOnlyList<string>> Models(CancellationToken cancel = default) => store.Read(
        async session => (IReadOnlyList<string>)await session.Rows("SELECT DISTINCT model FROM model_versions ORDER BY model", row => row.GetString(0)), cancel);

    /// <summary>All versions of a model, the newest first; deleted ones too.</summary>
    public Task<IReadOnlyList<ListedVersion>> Versions(string model, CancellationToken cancel = default) => store.Read(async session =>
    {
        var aliases = (await session.Rows("SELECT version, alias FROM model_aliases WHERE model = @model ORDER BY alias", row => (Version: row.GetInt64(0), Alias: row.GetString(1)), ("model", model)))
            .ToLookup(row => row.Version, row => row.Alias);
        var versions = await session.Rows($"SELECT {ModelVersion.Columns} FROM model_versions WHERE model = @model ORDER BY version DESC", ModelVersion.Read, ("model", model));
        return (IReadOnlyList<ListedVersion>)[.. versions.Select(version => new ListedVersion(version, [.. aliases[version.Version]]))];
    }, cancel);

    /// <exception cref="ProblemException"><c>models/unknown</c>.</exception>
    public Task<ModelVersion> Version(string model, long version, CancellationToken cancel = default) => store.Read(session => Get(session, model, version), cancel);

    /// <summary>What a name points to; null: nothing.</summary>
    public Task<ModelVersion?> Called(string model, string alias, CancellationToken cancel = default) => store.Read(
        async session => await Current(session, model, alias) is { } version ? await Get(session, model, version) : null, cancel);

    /// <summary>What a name pointed to at an instant; null: nothing.</summary>
    public Task<ModelVersion?> CalledAt(string model, string alias, DateTimeOffset instant, CancellationToken cancel = default) => store.Read(async session =>
    {
        var last = await session.Row(
            $"SELECT {AuditEntry.Columns} FROM audit WHERE model = @model AND alias = @alias AND at <= @at ORDER BY number DESC LIMIT 1",
            AuditEntry.Read, ("model", model), ("alias", alias), ("at", instant.ToUnixTimeMilliseconds()));
        return last is { Action: not AuditActions.Removed, Version: { } version } ? await Get(session, model, version) : null;
    }, cancel);

    /// <summary>Everything that was done with a model, the first first.</summary>
    public Task<IReadOnlyList<AuditEntry>> Audit(string model, CancellationToken cancel = default) => store.Read(async session => (IReadOnlyList<AuditEntry>)await AuditTrail.Of(session, model), cancel);

    /// <summary>The files of a version, checked.</summary>
    /// <param name="home">Where folders of bundles are kept and found again; they can always be made from the objects.</param>
    /// <exception cref="ProblemException"><c>objects/*</c>: something of it is missing or damaged.</exception>
    public Task<string> Files(ModelVersion version, string home, CancellationToken cancel = default) => BundleObjects.Restore(objects, version.Digest, home, cancel);

    /// <summary>The champion's files; where they are not sound, those of the champion before.</summary>
    /// <param name="home">As in <see cref="Files"/>.</param>
    /// <exception cref="ProblemException"><c>models/no-champion</c>, or what is wrong with the last that could be tried.</exception>
    public async Task<SoundModel> SoundChampion(string model, string home, CancellationToken cancel = default)
    {
        var trail = await store.Read(async session =>
        {
            var versions = new List<ModelVersion>();
            foreach (long version in AliasHistory.Of(await AuditTrail.Of(session, model)).Trail(Champion).Distinct())
                versions.Add(await Get(session, model, version));
            return versions;
        }, cancel);
        var refused = new List<Problem>();
        foreach (var version in trail.Where(version => version.DeletedAt is null))
            try
            {
                return new(version, await Files(version, home, cancel), refused);
            }
            catch (ProblemException unsound)
            {
                refused.Add(unsound.Problem);
            }
        throw new ProblemException(refused is [var first, ..] ? first : new("models/no-champion", $"No version of {model} is the champion.", "Promote one: clientele models promote."));
    }

    /// <summary>Checks the chain of the audit, that it tells the same as the tables, and every file of every version that may be needed.</summary>
    /// <param name="head">A digest that was noted down earlier: it must still be in the chain. Null: none was.</param>
    public async Task<RegistryReport> Verify(string? head = null, CancellationToken cancel = default)
    {
        var (report, versions) = await store.Read(async session => (await RegistryReport.Of(session, head), await Needed(session)), cancel);
        var faults = new List<string>(report.Faults);
        foreach (var version in versions)
            foreach (string digest in await BundleObjects.Needs(objects, version.Digest, cancel))
                if (!await objects.IsSound(digest, cancel))
                    faults.Add($"{version.Model} {version.Version}: the file {digest[..12]}… is {(await objects.Has(digest, cancel) ? "damaged" : "missing")}.");
        return report with { Faults = faults };
    }

    /// <summary>Deletes objects that nothing needs: not a version that may be used or ever was champion, not a run. Objects of the last day stay.</summary>
    /// <returns>How many, and how many bytes.</returns>
    public async Task<(int Objects, long Bytes)> Collect(CancellationToken cancel = default)
    {
        var before = store.Clock.GetUtcNow() - TimeSpan.FromDays(1);
        var (versions, files) = await store.Read(async session => (await Needed(session), await session.Rows("SELECT DISTINCT digest FROM run_artifacts", row => row.GetString(0))), cancel);
        var needed = new HashSet<string>(files, StringComparer.Ordinal);
        foreach (var version in versions)
            needed.UnionWith(await BundleObjects.Needs(objects, version.Digest, cancel));
        var (count, bytes) = (0, 0L);
        await foreach (var found in objects.All(cancel))
            if (!needed.Contains(found.Digest) && found.PutAt < before)
            {
                await objects.Delete(found.Digest, cancel);
                (count, bytes) = (count + 1, bytes + found.Bytes);
            }
        return (count, bytes);
    }

    private static async Task<List<ModelVersion>> Needed(StoreSession session) => await session.Rows(
        $"""
        SELECT {ModelVersion.Columns} FROM model_versions v
        WHERE deleted_at IS NULL OR EXISTS (SELECT 1 FROM audit a WHERE a.model = v.model AND a.version = v.version AND a.alias = @champion)
        ORDER BY model, version
        """, ModelVersion.Read, ("champion", Champion));
}
