using Clientele.Schedules;

namespace Clientele.Pipeline;

/// <summary>The scheduler of a workspace: what its schedules make due is trained.</summary>
public static class WorkspaceScheduler
{
    /// <param name="threads">Threads for each run; 0: all cores.</param>
    public static Scheduler Of(WorkspaceStore store, SchedulerOptions options, int threads, TimeProvider clock, IProgress<SchedulerNews>? news = null) => new(
        store.Schedules, store.Runs, new(store.Store, $"scheduler of {store.Name}", options.Lease), (work, cancel) => Train(store.Folder, work, threads, clock, cancel), options,
        new FileWatch(store.Folder), news: news);

    private static async Task<DueEnd> Train(string workspace, DueWork work, int threads, TimeProvider clock, CancellationToken cancel)
    {
        var made = await PipelineRun.Execute(workspace, new() { Threads = threads, AsOf = work.AsOf, Held = work.Held }, null, clock, cancel);
        return new(made.State, made.Problem?.ToString());
    }
}
