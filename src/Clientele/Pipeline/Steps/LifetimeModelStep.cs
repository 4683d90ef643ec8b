using Clientele.Models;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>Puts all that values new customers into a bundle, with the settings it was made by: what a run leaves that divides nobody.</summary>
internal sealed class LifetimeModelStep(WorkspaceSettings settings, LifetimeSettings wanted) : IStep
{
    public const string StepName = "lifetime-model";

    public string Name => StepName;
    public IReadOnlyList<string> After => [LifetimeStep.StepName];
    public object Settings => settings;

    public async Task<string> Run(StepContext run, CancellationToken cancel)
    {
        if (LifetimeStep.Of(run.Results) is not { } work)
            return "nothing to keep";
        var files = new ValuationBundle(settings, work.ToKeep(wanted)).Files();
        foreach (var (name, content) in files)
            await run.LeaveFile($"model/{name}", async file => await file.WriteAsync(content, cancel));
        return $"{files.Count} files";
    }
}
