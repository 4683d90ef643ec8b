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
        if (await Folder(store, version.Run, cancel) is not { } folder)
            throw Unknown($"The run that made {version.Model} {version.Version} is not in this store: nothing tells what would change.", "Promote a version of this workspace's own, or force it: that stands in the audit, with your reason.", null);
        if (!Directory.Exists(folder))
            throw Unknown($"The files of the run {version.Run}, which made {version.Model} {version.Version}, are gone: nothing tells what would change.", "Put them back, or force it: that stands in the audit, with your reason.", new(folder));
        string path = Path.Combine(folder, "segments.csv");
        if (!File.Exists(path))
            throw Unknown($"The run {version.Run}, which made {version.Model} {version.Version}, has no segments.csv: nothing tells what would change.", "Run with 'outputs: csv: true', or force it: that stands in the audit, with your reason.", new(path));
        using var text = new StreamReader(path, Encoding.Latin1);
        return [.. CsvRecords.Read(text, ',').Select(record => CsvRecords.Cells(record.Text, ',').Select(cell => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(cell))).ToArray())];
    }

    private static ProblemException Unknown(string what, string remedy, Place? where) => new(new("models/no-preview", what, remedy, where));

    // Null: the run is not known here, as of a bundle that was brought from elsewhere.
    private static async Task<string?> Folder(WorkspaceStore store, string run, CancellationToken cancel)
    {
        try
        {
            return store.FolderOf(await store.Runs.Get(run, cancel));
        }
        catch (ProblemException elsewhere) when (elsewhere.Problem.Kind == "runs/unknown")
        {
            return null;
        }
    }

    private static async Task<Dictionary<string, string>> Personas(WorkspaceStore store, ModelVersion version, CancellationToken cancel) =>
        (await Segments(store, version, cancel)).Skip(1).ToDictionary(cells => cells[0], cells => cells[2]);
}
