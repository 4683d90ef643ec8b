using Clientele.Models;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>Puts all that scores new customers into one bundle, with the settings it was made by.</summary>
internal sealed class ModelStep(WorkspaceSettings settings) : IStep
{
    public const string StepName = "model";

    public string Name => StepName;
    public IReadOnlyList<string> After =>
    [
        IngestStep.StepName, FeaturesStep.StepName, SegmentStep.StepName, PersonasStep.StepName,
        .. settings.Lifetime is null ? Array.Empty<string>() : [LifetimeStep.StepName],
        .. PublishedModelStep.Applies(settings.Features) ? new[] { PublishedModelStep.StepName } : [],
    ];
    public object Settings => settings;

    public async Task<string> Run(StepContext run, CancellationToken cancel)
    {
        var (features, model, personas) = (run.Read(FeaturesStep.Table), run.Read(SegmentStep.Model), run.Read(PersonasStep.Personas).Personas);
        var bundle = new ModelBundle(
            settings, run.Read(IngestStep.Source).Fields, features.ReferenceDate, run.Read(FeaturesStep.Home).Name, model,
            [.. personas.Select(persona => new BundledSegment(persona.Segment, persona.Name))])
        {
            Personas = RunJson.Bytes(personas.Select(persona => persona with { Examples = [] })),
            Reference = ModelBundle.ReferenceOf(model.Known(features)),
            Valuation = settings.Lifetime is { } wanted ? LifetimeStep.Of(run.Results)?.ToKeep(wanted) : null,
            Published = PublishedModelStep.Of(run.Results)?.Model,
        };
        var files = bundle.Files();
        foreach (var (name, content) in files)
            await run.LeaveFile($"model/{name}", async file => await file.WriteAsync(content, cancel));
        return $"{files.Count} files";
    }
}
