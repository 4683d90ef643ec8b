using System.Runtime.InteropServices;
using Clientele.Artifacts;
using Clientele.Engines;
using Clientele.Problems;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Pipeline;

/// <summary>A run of any kind: its steps, and at the end its folder.</summary>
internal static class WorkspaceRun
{
    /// <param name="kind">Of <see cref="RunRequest"/>.</param>
    /// <param name="stepsOf">The steps, given the source files.</param>
    /// <param name="links">Asked when all steps are finished, before the run is seen: which links under <c>runs/</c> shall point to it.</param>
    /// <param name="resultOf">What the caller gets.</param>
    public static async Task<T> Execute<T>(
        string workspace, string kind, WorkspaceSettings settings, RunOptions options, Func<InputFiles, IReadOnlyList<IStep>> stepsOf, Func<RunResults, string[]> links,
        Func<RunFolder, RunResults, T> resultOf, IProgress<StepProgress>? progress, TimeProvider clock, CancellationToken cancel)
    {
        try
        {
            var started = clock.GetUtcNow();
            var inputs = InputFiles.Find(workspace, settings, cancel);
            EngineFolder.Sweep();
            PlainSources.Sweep();
            using var cache = WorkspaceCache.Open(workspace, options.Files);
            var (folder, log) = RunFolder.Create(workspace, cache, clock);
            using var _ = log;
            RunLog.NoticeDead(workspace, clock);
            new RunRequest(kind, settings, options.Threads, options.Resumes, Environment.ProcessId).Write(workspace, folder.Id, cache.Files);
            log.Write("", "running", options.Resumes is { } earlier ? $"takes up {earlier}" : "");
            try
            {
                await using var results = new RunResults(workspace, settings, inputs, options.Threads, cache.Objects, cache.Files);
                var steps = new StepClock(progress);
                await new StepRunner(stepsOf(inputs), cache, results, steps, log, options.FreshFrom).Run(clock, cancel);
                var ended = results.EndEngines();
                string[] wanted = links(results);
                await folder.Add(results, await inputs.Digests);
                await folder.Add(RunRecord.Name, new RunRecord(folder.Id, started, clock.GetUtcNow(), options.Threads,
                    new(RuntimeInformation.OSDescription, RuntimeInformation.ProcessArchitecture.ToString(), Environment.ProcessorCount, RuntimeInformation.FrameworkDescription), steps.Seconds));
                await ended;
                folder.Finish(wanted);
                log.Write("", RunLogLine.Completed, folder.Path);
                cache.Trim();
                return resultOf(folder, results);
            }
            catch (Exception failure)
            {
                log.Write("", failure is OperationCanceledException ? RunLogLine.Cancelled : RunLogLine.Failed, failure is ProblemException wrong ? wrong.Problem.What : failure.GetType().Name);
                throw;
            }
        }
        catch (Exception denied) when (denied is UnauthorizedAccessException or IOException)
        {
            throw new ProblemException(new(
                "workspace/not-writable", $"Nothing can be written to {workspace}: {denied.Message}", "Give this user the right to write there, or free some room; then run again: what was finished is kept."), denied);
        }
    }
}
