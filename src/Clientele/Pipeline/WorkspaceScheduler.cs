using Clientele.Problems;
using Clientele.Schedules;

namespace Clientele.Pipeline;

/// <summary>The scheduler of a workspace: what its schedules make due is done, and what there is to tell is told.</summary>
public static class WorkspaceScheduler
{
    private static readonly TimeSpan BetweenAlerts = TimeSpan.FromSeconds(5);

    /// <param name="threads">Threads for each run; 0: all cores.</param>
    public static Scheduler Of(WorkspaceStore store, SchedulerOptions options, int threads, TimeProvider clock, IProgress<SchedulerNews>? news = null)
    {
        var telling = Task.CompletedTask;
        return new(
            store.Schedules, store.Runs, new(store.Store, $"scheduler of {store.Name}", options.Lease), (work, cancel) => Execute(store.Folder, work, threads, clock, cancel), options,
            new FileWatch(store.Folder), Tell, news);

        // A slow receiver must not keep the scheduler from looking.
        Task Tell(CancellationToken cancel)
        {
            if (store.AlertChannels.Count > 0 && telling.IsCompleted)
                telling = Task.Run(() => Alert(store, cancel), CancellationToken.None);
            return Task.CompletedTask;
        }
    }

    private static async Task Alert(WorkspaceStore store, CancellationToken cancel)
    {
        try
        {
            await store.Alerts.Deliver(cancel);
            await Task.Delay(BetweenAlerts, cancel);
        }
        catch (Exception later) when (later is OperationCanceledException or ProblemException)
        {
            // Stopped, or the store is away for the moment: what is not told waits in the outbox.
        }
    }

    private static async Task<DueEnd> Execute(string workspace, DueWork work, int threads, TimeProvider clock, CancellationToken cancel)
    {
        var made = await PipelineRun.Execute(workspace, new() { Mode = Mode(work), Threads = threads, AsOf = work.AsOf, Held = work.Held, Tags = new Dictionary<string, string> { ["schedule"] = work.Schedule } }, null, clock, cancel);
        return new(made.State, made.Problem?.ToString());
    }

    // What is filled in for a day of the past is trained: a score would compare it with a champion that came later.
    private static RunMode Mode(DueWork work) => work.AsOf is null && Enum.TryParse<RunMode>(work.Mode, ignoreCase: true, out var mode) ? mode : RunMode.Train;
}
