using Clientele.Problems;
using Clientele.Tracking;

namespace Clientele.Schedules;

/// <param name="Lease">How long a leader is waited for that gives no sign of life, where its process cannot be looked at.</param>
/// <param name="Look">How often it is looked whether something is due.</param>
/// <param name="AtOnce">Most runs at work at once.</param>
/// <param name="Once">True: what is due now is done, and no more.</param>
public sealed record SchedulerOptions(TimeSpan Lease, TimeSpan Look, int AtOnce = 1, bool Once = false)
{
    public static SchedulerOptions Default { get; } = new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(1));
}

/// <param name="What">leading, following, due, skipped, taken-up, drifted (a training that drift sets off is due), begun, completed, failed, cancelled, refused, away.</param>
public sealed record SchedulerNews(string What, string? Schedule = null, DateTimeOffset? DueAt = null, string? Run = null, string? Words = null);

/// <summary>
/// Executes the due runs of a shop until it is stopped. Any number may be started on one store: one leads, the others follow it when it dies. Each due run is executed to its end once; one whose process died
/// is begun again, by whoever leads then.
/// </summary>
/// <param name="execute">Does the work of one run, ends it and says how; what it throws, the run ends with.</param>
/// <param name="watch">Files that make runs due; null: none.</param>
/// <param name="aside">What else a leader does at each look, such as delivering alerts; null: nothing.</param>
public sealed class Scheduler(
    ScheduleBook book, Runs runs, Leadership leadership, Func<DueWork, CancellationToken, Task<DueEnd>> execute, SchedulerOptions options, FileWatch? watch = null,
    Func<CancellationToken, Task>? aside = null, IProgress<SchedulerNews>? news = null)
{
    private readonly List<Task> atWork = [];
    private (bool Leads, Holder? Leader)? told;

    /// <summary>Returns when it is stopped; what is at work then is left to the next scheduler.</summary>
    public async Task Run(CancellationToken cancel)
    {
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                bool more = await Look(cancel);
                if (options.Once && !more)
                    break;
                // Woken by the end of a run, because the next may wait for it.
                await Task.WhenAny([Task.Delay(options.Look, cancel), .. atWork]);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopped while it looked.
        }
        finally
        {
            await Task.WhenAll(atWork);
            await leadership.Release(CancellationToken.None);
        }
    }

    // True: there is something at work, or may be.
    private async Task<bool> Look(CancellationToken cancel)
    {
        atWork.RemoveAll(task => task.IsCompleted);
        try
        {
            bool leads = await leadership.Hold(cancel);
            if ((leads, leadership.Leader) != told)
                Tell(new(leads ? "leading" : "following", Words: Follows(leadership.Leader)));
            told = (leads, leadership.Leader);
            if (!leads)
                return !options.Once || atWork.Count > 0;
            await runs.NoticeDead(cancel);
            foreach (var due in await book.TakeUp(leadership, cancel))
                Tell(new("taken-up", due.Schedule, due.DueAt, due.Run));
            foreach (var due in await book.FollowDrift(leadership, cancel))
                Tell(new("drifted", due.Schedule, due.DueAt, due.Run, $"It trains on what {due.TriggeredBy} found."));
            var made = await book.Plan(leadership, cancel: cancel);
            foreach (var due in watch is null ? made : [.. made, .. await watch.Look(book, leadership, cancel)])
                Tell(new(due.Run is null ? "skipped" : "due", due.Schedule, due.DueAt, due.Run));
            while (atWork.Count < options.AtOnce && await book.ClaimNext(cancel) is { } work)
                atWork.Add(Task.Run(() => Execute(work, cancel), CancellationToken.None));
            if (aside is not null)
                await aside(cancel);
        }
        catch (ProblemException problem) when (problem.Problem.Kind == "schedule/not-leading")
        {
            Tell(new("refused", Words: problem.Problem.What));
        }
        catch (ProblemException problem) when (problem.Problem.Kind.StartsWith("store/", StringComparison.Ordinal) && !options.Once)
        {
            // The store cannot be reached for the moment. Nothing is lost by waiting: what became due is found at the next look.
            Tell(new("away", Words: problem.Problem.ToString()));
        }
        return atWork.Count > 0;
    }

    private string? Follows(Holder? leader) => leader is null ? null
        : $"Process {leader.Process} on {leader.Machine} leads: it executes what is due{(options.Once ? ", and nothing is done here" : "; this one takes over when it ends")}.";

    private async Task Execute(DueWork work, CancellationToken stop)
    {
        await using var held = work.Held;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, held.Stopped);
        Tell(work, "begun", null);
        try
        {
            var end = await execute(work, either.Token);
            // Crashed: another took it for dead while this process was frozen.
            Tell(work, end.State == RunState.Crashed ? "refused" : $"{end.State}".ToLowerInvariant(), end.Words);
        }
        catch (OperationCanceledException) when (held.CancelRequested || stop.IsCancellationRequested)
        {
            await End(work, RunState.Cancelled, held.CancelRequested ? "Somebody asked for it." : "Its process was asked to stop.");
        }
        catch (OperationCanceledException)
        {
            Tell(work, "refused", "The run is no longer held by this process.");
        }
        catch (ProblemException lost) when (lost.Problem.Kind == "runs/lost")
        {
            Tell(work, "refused", lost.Problem.What);
        }
        catch (ProblemException wrong)
        {
            await End(work, RunState.Failed, wrong.Problem.ToString());
        }
        catch (Exception bug)
        {
            await End(work, RunState.Failed, $"A mistake in Clientele: {bug.GetType().Name}.");
        }
    }

    private async Task End(DueWork work, RunState state, string reason)
    {
        try
        {
            await work.Held.End(state, reason, CancellationToken.None);
        }
        catch (ProblemException)
        {
            // It is over already; or the store is away, and whoever leads then finds that its lease ran out.
        }
        Tell(work, $"{state}".ToLowerInvariant(), reason);
    }

    private void Tell(DueWork work, string what, string? words) => Tell(new(what, work.Schedule, work.DueAt, work.Held.Id, words));

    private void Tell(SchedulerNews what) => news?.Report(what);
}
