namespace Clientele.Mlflow;

/// <summary>Counts while it is sent.</summary>
internal sealed class ExportTally
{
    public int Runs { get; set; }
    public int Unchanged { get; set; }
    public int Params { get; set; }
    public int Tags { get; set; }
    public long Metrics { get; set; }
    public int Files { get; set; }
    public long Bytes { get; set; }
    public int Versions { get; set; }
    public int Aliases { get; set; }
    public List<string> Problems { get; } = [];

    public ExportReport Report(MlflowAddress server, string experiment) => new(server.ToString(), experiment, Runs, Unchanged, Params, Tags, Metrics, Files, Bytes, Versions, Aliases, Problems);
}
