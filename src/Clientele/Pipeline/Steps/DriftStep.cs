using Clientele.Artifacts;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>Compares the customers that were scored with those that the model was learnt from.</summary>
internal sealed class DriftStep(WorkspaceSettings settings, Scoring scoring) : IStep
{
    public const string StepName = "drift";
    public static readonly Artifact<DriftReport> Report = Artifact<DriftReport>.Json(StepName, "report.json");

    public string Name => StepName;
    public IReadOnlyList<string> After => [ScoreStep.StepName];
    public object Settings => new { Model = scoring.Digest, settings.Drift };

    public async Task<string> Run(StepContext run, CancellationToken cancel)
    {
        var report = DriftReport.Of(scoring.Bundle, scoring.Version, run.Read(ScoreStep.Customers), settings.Drift);
        await run.LeaveFile("drift.json", file => RunJson.Write(file, report));
        run.Leave(Report, report);
        return !report.Compared ? "not compared" : $"{report.Columns.Count(column => column.Drifted)} of {report.Columns.Count} features drifted";
    }
}
