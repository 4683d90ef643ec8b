using Clientele.Problems;

namespace Clientele.Pipeline;

/// <summary>Runs of a workspace that are over or at work: their words, and taking them up.</summary>
public static partial class EarlierRuns
{
    /// <summary>What a run did and when.</summary>
    /// <exception cref="ProblemException"><c>runs/unknown</c>.</exception>
    public static IReadOnlyList<RunLogLine> Log(string workspace, string id, TimeProvider clock)
    {
        var lines = RunLog.Read(workspace, id);
        if (lines.Any(line => line.IsEnd))
            return lines;
        RunLog.NoticeDead(workspace, clock);
        return RunLog.Read(workspace, id);
    }

    /// <summary>Takes a run up that ended early, under an id of its own, with the settings it began with: what was finished is taken from the cache.</summary>
    /// <param name="from">This step and all after it are done again, also of a run that was completed; null: only what is not finished.</param>
    /// <exception cref="ProblemException"><c>runs/unknown</c>, <c>runs/held</c>, <c>runs/over</c>, <c>usage/step</c>; all of a run.</exception>
    public static Task<RunResult> Resume(string workspace, string id, string? from, IProgress<StepProgress>? progress, TimeProvider clock, CancellationToken cancel)
    {
        var request = RunRequest.Read(workspace, id);
        if (RunLog.IsOpen(workspace, id))
            throw new ProblemException(new("runs/held", $"The run {id} is at work.", $"Wait for it, or stop it: clientele runs cancel {id}."));
        if (request.Kind != RunRequest.Training)
            throw new ProblemException(new("runs/kind", $"The run {id} made values only.", "Begin it again: clientele lifetime fit. What was finished is taken from the cache."));
        if (from is null && Log(workspace, id, clock).LastOrDefault(line => line.IsEnd) is { State: RunLogLine.Completed })
            throw new ProblemException(new("runs/over", $"The run {id} is completed.", $"Do a part of it again: clientele runs retry {id} --from STEP."));
        var options = new RunOptions { Threads = request.Threads, FreshFrom = from, Recorded = request.Settings, Resumes = id };
        return TrainingRun.Execute(workspace, options, progress, clock, cancel);
    }

    /// <summary>Asks the process of a run to stop; what it has finished stays.</summary>
    /// <exception cref="ProblemException"><c>runs/unknown</c>, <c>runs/over</c>.</exception>
    public static void Cancel(string workspace, string id)
    {
        var request = RunRequest.Read(workspace, id);
        if (!RunLog.IsOpen(workspace, id))
            throw new ProblemException(new("runs/over", $"The run {id} is not at work.", "Nothing is left to cancel."));
        const int terminate = 15;
        _ = Signal(request.Process, terminate);
    }

    [System.Runtime.InteropServices.LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
