using Clientele.Reports;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>Writes the page that tells it all.</summary>
internal sealed class ReportStep(WorkspaceSettings settings) : IStep
{
    public const string StepName = "report";

    public string Name => StepName;
    public IReadOnlyList<string> After => [IngestStep.StepName, CleanStep.StepName, FeaturesStep.StepName, SegmentStep.StepName, PersonasStep.StepName, WriteStep.StepName, .. settings.Lifetime is null ? Array.Empty<string>() : [LifetimeStep.StepName, LifetimeTablesStep.StepName]];
    public object Settings => new { settings.Name, settings.Currency, Outputs = new { settings.Outputs.Report } };

    public async Task<string> Run(StepContext run, CancellationToken cancel)
    {
        if (!settings.Outputs.Report)
            return "not wanted";
        var (personas, hitRate) = run.Read(PersonasStep.Personas);
        await run.LeaveFile("report.html", file =>
        {
            ReportPage.Write(file, new(settings, run.Read(IngestStep.Source).Fields, run.Read(CleanStep.Ledger), SegmentStep.Segmentation(run.Results), personas, ProductVersion.Text)
            {
                HitRate = hitRate,
                Offers = run.Read(WriteStep.Offers),
                Lifetime = LifetimeTablesStep.Of(run.Results)?.Valued,
            });
            return Task.CompletedTask;
        });
        return "report.html";
    }
}
