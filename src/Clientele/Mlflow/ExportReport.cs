namespace Clientele.Mlflow;

/// <summary>What was sent, or would be.</summary>
/// <param name="Runs">Of which anything was sent.</param>
/// <param name="Unchanged">That were all there already.</param>
/// <param name="Metrics">Points.</param>
/// <param name="Versions">Of the model.</param>
/// <param name="Aliases">That point elsewhere now, or to nothing.</param>
/// <param name="Problems">What the server did not take, a sentence a run.</param>
public sealed record ExportReport(
    string Server, string Experiment, int Runs, int Unchanged, int Params, int Tags, long Metrics, int Files, long Bytes, int Versions, int Aliases, IReadOnlyList<string> Problems);
