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

    /// <summary>Records of what a version's run said of every customer, the header first: customer, segment, persona …, then the features.</summary>
    internal static async Task<IReadOnlyList<string[]>> Segments(WorkspaceStore store, ModelVersion version, CancellationToken cancel)
    {
        string path = Path.Combine((await store.Runs.Get(version.Run, cancel)).Folder ?? "", "segments.csv");
        if (!File.Exists(path))
            throw new ProblemException(new("models/no-preview", $"The run {version.Run}, which made {version.Model} {version.Version}, has no segments.csv: nothing tells what would change.", "Run with 'outputs: csv: true', or promote with --force.", new(path)));
        using var text = new StreamReader(path, Encoding.Latin1);
        return [.. CsvRecords.Read(text, ',').Select(record => CsvRecords.Cells(record.Text, ',').Select(cell => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(cell))).ToArray())];
    }

    private static async Task<Dictionary<string, string>> Personas(WorkspaceStore store, ModelVersion version, CancellationToken cancel) =>
        (await Segments(store, version, cancel)).Skip(1).ToDictionary(cells => cells[0], cells => cells[2]);
}
