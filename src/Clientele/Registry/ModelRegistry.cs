using Clientele.Problems;
using Clientele.Storage;

namespace Clientele.Registry;

/// <summary>The models of a store.</summary>
public sealed partial class ModelRegistry(Store store, IObjects objects)
{
    /// <summary>The version that serves.</summary>
    public const string Champion = "champion";
    /// <summary>The version that may serve next.</summary>
    public const string Challenger = "challenger";

    /// <summary>Puts a bundle among the objects and gives it the model's next number. A bundle of the same bytes that is there already keeps its own.</summary>
    /// <exception cref="ProblemException"><c>models/*</c>: the folder holds no sound bundle.</exception>
    public async Task<ModelVersion> Register(string model, string folder, string run, Act by, CancellationToken cancel = default)
    {
        CheckName(model);
        string digest = await BundleObjects.Put(objects, folder, cancel);
        return await store.Write(async session =>
        {
            if (await session.Row($"SELECT {ModelVersion.Columns} FROM model_versions WHERE model = @model AND digest = @digest AND deleted_at IS NULL", ModelVersion.Read, ("model", model), ("digest", digest)) is { } there)
                return there;
            long version = (await session.Number("SELECT MAX(version) FROM model_versions WHERE model = @model", ("model", model)) ?? 0) + 1;
            await session.Execute("INSERT INTO model_versions (model, version, digest, run, created_at) VALUES (@model, @version, @digest, @run, @now)",
                ("model", model), ("version", version), ("digest", digest), ("run", run), ("now", session.Now));
            await AuditTrail.Append(session, by, AuditActions.Registered, model, version, detail: digest);
            return await Get(session, model, version);
        }, cancel);
    }

    /// <summary>Points a name to a version. Whoever looks sees it there or where it was.</summary>
    /// <exception cref="ProblemException"><c>models/unknown</c>, <c>models/deleted</c>, <c>models/name</c>.</exception>
    public Task Move(string model, string alias, long version, Act by, CancellationToken cancel = default)
    {
        CheckAlias(alias);
        return store.Write(session => Move(session, model, alias, version, by, AuditActions.Moved), cancel);
    }

    /// <summary>Makes a version the champion, compared with nothing. A challenger that won is one no longer.</summary>
    public Task Promote(string model, long version, Act by, CancellationToken cancel = default) => Promote(model, version, by, judged: null, cancel);

    /// <summary>Makes a version the champion, and notes how it was judged.</summary>
    /// <param name="judged">The champion that it was compared with, and how it did, as JSON; null: it was compared with none.</param>
    /// <exception cref="ProblemException"><c>models/changed</c>: meanwhile another is the champion.</exception>
    public Task Promote(string model, long version, Act by, (long Champion, string Figures)? judged, CancellationToken cancel) => store.Write(async session =>
    {
        if (judged is { } against)
        {
            if (await Current(session, model, Champion) != against.Champion)
                throw new ProblemException(new("models/changed", $"Version {against.Champion} of {model}, which this one was compared with, is no longer the champion.", "Promote again, to compare it with the present one."));
            await AuditTrail.Append(session, by, AuditActions.Judged, model, version, detail: against.Figures);
        }
        await Move(session, model, Champion, version, by, AuditActions.Moved);
        if (await Current(session, model, Challenger) == version)
            await Remove(session, model, Challenger, by);
    }, cancel);

    /// <summary>Makes the champion before the present one champion again; done twice, the one before that.</summary>
    /// <returns>The version that it is now.</returns>
    /// <exception cref="ProblemException"><c>models/no-earlier</c>.</exception>
    public Task<ModelVersion> Rollback(string model, Act by, CancellationToken cancel = default) => store.Write(async session =>
    {
        var earlier = await Earlier(session, model, Champion);
        await Move(session, model, Champion, earlier.Version, by, AuditActions.RolledBack);
        return earlier;
    }, cancel);

    /// <summary>What <see cref="Rollback"/> would make champion.</summary>
    public Task<ModelVersion> BeforeChampion(string model, CancellationToken cancel = default) => store.Read(session => Earlier(session, model, Champion), cancel);

    /// <summary>Lets a name point to nothing.</summary>
    public Task RemoveAlias(string model, string alias, Act by, CancellationToken cancel = default) => store.Write(session => Remove(session, model, alias, by), cancel);

    /// <summary>Notes how a version did against the champion, and what was decided.</summary>
    /// <param name="figures">JSON.</param>
    public Task RecordJudgement(string model, long version, string figures, Act by, CancellationToken cancel = default) => store.Write(async session =>
    {
        await Get(session, model, version);
        await AuditTrail.Append(session, by, AuditActions.Judged, model, version, detail: figures);
    }, cancel);

    /// <summary>Bars a version from use. What it was stays on record; its files go with the next <see cref="Collect"/>, unless it ever was champion.</summary>
    /// <exception cref="ProblemException"><c>models/in-use</c>: a name points to it. <c>models/deleted</c>, <c>models/unknown</c>.</exception>
    public Task<VersionDeletion> Delete(string model, long version, Act by, CancellationToken cancel = default) => store.Write(async session =>
    {
        var deletion = await Deletion(session, model, version);
        await session.Execute("UPDATE model_versions SET deleted_at = @now WHERE model = @model AND version = @version", ("model", model), ("version", version), ("now", session.Now));
        await AuditTrail.Append(session, by, AuditActions.Deleted, model, version);
        return deletion;
    }, cancel);

    /// <summary>What <see cref="Delete"/> would do; it refuses the same.</summary>
    public Task<VersionDeletion> PreviewDelete(string model, long version, CancellationToken cancel = default) => store.Read(session => Deletion(session, model, version), cancel);

    private static async Task<VersionDeletion> Deletion(StoreSession session, string model, long version)
    {
        var usable = await Usable(session, model, version);
        if (await session.Row("SELECT alias FROM model_aliases WHERE model = @model AND version = @version ORDER BY alias", row => row.GetString(0), ("model", model), ("version", version)) is { } alias)
            throw new ProblemException(alias == Champion
                ? new("models/in-use", $"{model} {version} is the champion.", "Promote another version first: clientele models promote.")
                : new("models/in-use", $"{model} {version} is called {alias}.", $"Take the name away first: clientele models unname {alias}."));
        return new(usable, await session.Number("SELECT COUNT(*) FROM audit WHERE model = @model AND version = @version AND alias = @champion", ("model", model), ("version", version), ("champion", Champion)) > 0);
    }

    private static async Task Move(StoreSession session, string model, string alias, long version, Act by, string action)
    {
        await Usable(session, model, version);
        if (await Current(session, model, alias) == version)
            return;
        await session.Execute("INSERT INTO model_aliases (model, alias, version) VALUES (@model, @alias, @version) ON CONFLICT (model, alias) DO UPDATE SET version = EXCLUDED.version",
            ("model", model), ("alias", alias), ("version", version));
        await AuditTrail.Append(session, by, action, model, version, alias);
    }

    private static async Task Remove(StoreSession session, string model, string alias, Act by)
    {
        if (await Current(session, model, alias) is not { } version)
            throw NotCalled(model, alias);
        await session.Execute("DELETE FROM model_aliases WHERE model = @model AND alias = @alias", ("model", model), ("alias", alias));
        await AuditTrail.Append(session, by, AuditActions.Removed, model, version, alias);
    }

    private static Task<long?> Current(StoreSession session, string model, string alias) =>
        session.Number("SELECT version FROM model_aliases WHERE model = @model AND alias = @alias", ("model", model), ("alias", alias));

    private static async Task<ModelVersion> Earlier(StoreSession session, string model, string alias)
    {
        foreach (long version in AliasHistory.Of(await AuditTrail.Of(session, model)).Trail(alias).Skip(1).Distinct())
            if (await Get(session, model, version) is { DeletedAt: null } earlier && version != await Current(session, model, alias))
                return earlier;
        throw new ProblemException(new("models/no-earlier", $"There is no earlier {alias} of {model} to go back to.", "Promote a version instead: clientele models promote."));
    }

    private static async Task<ModelVersion> Usable(StoreSession session, string model, long version) => await Get(session, model, version) is { DeletedAt: null } usable
        ? usable
        : throw new ProblemException(new("models/deleted", $"{model} {version} was deleted.", "Choose another version: clientele models list."));

    private static async Task<ModelVersion> Get(StoreSession session, string model, long version) =>
        await session.Row($"SELECT {ModelVersion.Columns} FROM model_versions WHERE model = @model AND version = @version", ModelVersion.Read, ("model", model), ("version", version))
        ?? throw new ProblemException(new("models/unknown", $"There is no version {version} of '{model}'.", "List those there are: clientele models list."));
}
