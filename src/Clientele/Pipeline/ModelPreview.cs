using System.Text;
using Clientele.Problems;
using Clientele.Registry;
using Clientele.Sources;

namespace Clientele.Pipeline;

/// <summary>Says beforehand which customers would have another persona if one version followed another, by what the runs that made them wrote.</summary>
public static class ModelPreview
{
    /// <exception cref="ProblemException"><c>models/no-preview</c>: a run left no <c>segments.csv</c>.</exception>
    public static async Task<SegmentMoves> Between(WorkspaceStore store, ModelVersion before, ModelVersion after, CancellationToken cancel = default) =>
        SegmentMoves.From(await Personas(store, before, cancel), await Personas(store, after, cancel));

    private static async Task<Dictionary<string, string>> Personas(WorkspaceStore store, ModelVersion version, CancellationToken cancel)
    {
        string path = Path.Combine((await store.Runs.Get(version.Run, cancel)).Folder ?? "", "segments.csv");
        if (!File.Exists(path))
            throw new ProblemException(new("models/no-preview", $"The run {version.Run}, which made {version.Model} {version.Version}, has no segments.csv.", "Promote without --preview, or run with 'outputs: csv: true'.", new(path)));
        using var text = new StreamReader(path, Encoding.Latin1);
        return CsvRecords.Read(text, ',').Skip(1).Select(record => CsvRecords.Cells(record.Text, ',')).ToDictionary(cells => cells[0], cells => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(cells[2])));
    }
}
