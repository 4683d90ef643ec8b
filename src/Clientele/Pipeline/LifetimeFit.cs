namespace Clientele.Pipeline;

/// <param name="Folder">The run's own; <c>runs/latest-lifetime</c> points to it.</param>
public sealed record LifetimeFitResult(string Folder, LifetimeWork Work);

/// <summary>Values the customers of a workspace without dividing them: a run with a <c>lifetime</c> folder and a model, and no segments.</summary>
public static class LifetimeFit
{
    public static async Task<LifetimeFitResult> Execute(string workspace, RunOptions options, IProgress<StepProgress>? progress, TimeProvider clock, CancellationToken cancel)
    {
        var settings = options.SettingsOf(workspace);
        return (await WorkspaceRun.Execute(workspace, RunKinds.Lifetime, settings with { Lifetime = settings.Lifetime ?? new() }, options, progress, clock, cancel)).ResultOrThrow();
    }
}
