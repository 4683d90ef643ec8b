using Clientele.Models;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>Puts all that values new customers into a bundle of its own, with the settings it was made by.</summary>
internal sealed class LifetimeModelStep(WorkspaceSettings settings) : IStep
{
    public const string StepName = "lifetime-model", Folder = "lifetime";

    public string Name => StepName;
    public IReadOnlyList<string> After => [LifetimeStep.StepName];
    public object Settings => settings;

    public async Task<string> Run(StepContext run, CancellationToken cancel)
    {
        if (LifetimeStep.Of(run.Results) is not { } work)
            return "nothing to keep";
        var files = new ValuationBundle(settings, work.Valuation).Files();
        foreach (var (name, content) in files)
            await run.LeaveFile($"model/{Folder}/{name}", async file => await file.WriteAsync(content, cancel));
        return $"{files.Count} files";
    }
}
