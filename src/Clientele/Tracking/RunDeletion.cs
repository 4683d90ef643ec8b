using Clientele.Problems;
using Clientele.Storage;

namespace Clientele.Tracking;

/// <summary>What deleting runs takes away, or would.</summary>
/// <param name="Runs">Their ids, with the runs that are part of them.</param>
/// <param name="Folders">Of those that left files.</param>
public sealed record RunDeletion(IReadOnlyList<string> Runs, IReadOnlyList<string> Folders)
{
    /// <summary>A run whose model may be used or ever was champion stays, as does one that is not over: then nothing is deleted.</summary>
    internal static async Task<RunDeletion> Of(StoreSession store, IReadOnlyList<string> ids)
    {
        var all = new List<Run>();
        foreach (string id in ids.Distinct())
            await Collect(store, await RunRows.Get(store, id), all);
        foreach (var run in all)
        {
            if (!run.State.IsFinal())
                throw new ProblemException(new("runs/held", $"The run {run.Id} is {run.State}.", $"Wait for it, or stop it: clientele runs cancel {run.Id}."));
            if (await store.Row(
                """
                SELECT v.model, v.version FROM model_versions v WHERE v.run = @run AND (v.deleted_at IS NULL OR EXISTS (SELECT 1 FROM audit a WHERE a.model = v.model AND a.version = v.version AND a.alias = 'champion'))
                """, row => $"{row.GetString(0)} {row.GetInt64(1)}", ("run", run.Id)) is { } model)
                throw new ProblemException(new("runs/needed", $"The run {run.Id} made {model}, which may be used or was champion once.", "It stays as long as its model does."));
        }
        return new([.. all.Select(run => run.Id)], [.. all.Select(run => run.Folder).OfType<string>()]);
    }

    internal async Task Do(StoreSession store)
    {
        foreach (string id in Runs)
            await store.Execute("DELETE FROM runs WHERE id = @id", ("id", id));
        await store.Execute("DELETE FROM run_settings WHERE digest NOT IN (SELECT settings_digest FROM runs)");
    }

    private static async Task Collect(StoreSession store, Run run, List<Run> all)
    {
        if (all.Exists(each => each.Id == run.Id))
            return;
        foreach (string part in await store.Rows("SELECT id FROM runs WHERE parent = @run ORDER BY number", row => row.GetString(0), ("run", run.Number)))
            await Collect(store, await RunRows.Get(store, part), all);
        all.Add(run);
    }
}
