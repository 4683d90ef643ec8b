using Clientele.Pipeline;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Mlflow;

/// <summary>Sends a run when it is over, and those before it that could not be sent, to where <c>tracking: mlflow</c> says. A run never fails by it and waits only a while for it.</summary>
public static class LiveExport
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <param name="id">The run; runs before the first that was ever sent this way are not sent.</param>
    /// <returns>What a person should know; null: nothing, all is there.</returns>
    internal static async Task<string?> AfterRun(string workspace, string id, TimeProvider clock, CancellationToken cancel)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(Longest);
        try
        {
            var tracking = SettingsFile.Load(workspace).Tracking;
            if (tracking.Mlflow.Length == 0)
                return null;
            var server = MlflowAddress.Parse(tracking.Mlflow);
            await using var store = await WorkspaceStore.Open(workspace, clock, limited.Token);
            var run = await store.Runs.Get(id, limited.Token);
            await new ExportMemory(store.Store, server).SendFrom(run, limited.Token);
            var report = await MlflowExport.Send(store, run.Experiment, async memory => await memory.Waiting(run.Experiment, tracking.Files, limited.Token), server, tracking.Files, MlflowPatience.Short, clock, limited.Token);
            return report.Problems is [var first, ..] ? $"Not all of it could be sent to {server}. {first}" : null;
        }
        catch (ProblemException wrong)
        {
            return $"{wrong.Problem.What} The run waits and goes with the next one, or with: clientele experiments push.";
        }
        catch (OperationCanceledException)
        {
            return cancel.IsCancellationRequested ? null : $"Sending to MLflow took more than {Longest.TotalSeconds:0} s. The rest goes with the next run, or with: clientele experiments push.";
        }
    }
}
