using Clientele.Problems;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Pipeline;

/// <summary>The source files of a run with their digests, which are computed while other work goes on.</summary>
internal sealed class InputFiles
{
    private readonly List<(string Path, string Name, long Bytes, DateTime Changed)> files;

    private InputFiles(List<(string, string, long, DateTime)> files, bool areSlow, CancellationToken cancel)
    {
        (this.files, AreSlow) = (files, areSlow);
        Digests = Task.Run(() => Digest(cancel), cancel);
    }

    /// <summary>SHA-256 by name relative to the workspace.</summary>
    public Task<IReadOnlyDictionary<string, string>> Digests { get; }

    /// <summary>Whether it pays to keep what was read: a workbook takes seconds where other files take tenths.</summary>
    public bool AreSlow { get; }

    /// <exception cref="ProblemException">Of <see cref="SourceFiles.Find"/>.</exception>
    public static InputFiles Find(string workspace, WorkspaceSettings settings, CancellationToken cancel)
    {
        var found = settings.Sources.SelectMany(source => SourceFiles.Find(workspace, source)).DistinctBy(file => file.Path).ToList();
        return new(
            [.. found.Select(file => (file.Path, Path.GetRelativePath(workspace, file.Path).Replace('\\', '/'), new FileInfo(file.Path).Length, File.GetLastWriteTimeUtc(file.Path)))],
            found.Exists(file => file.Kind == FileKind.Workbook), cancel);
    }

    /// <summary>To be asked when all was read: what was digested must be what was read.</summary>
    /// <exception cref="ProblemException"><c>source/changed</c>.</exception>
    public async Task MustBeUnchanged()
    {
        await Digests;
        if (files.Find(file => new FileInfo(file.Path) is var now && (!now.Exists || now.Length != file.Bytes || now.LastWriteTimeUtc != file.Changed)) is { Path: { } changed })
            throw new ProblemException(new("source/changed", "The file was changed while it was read.", "Run again when nothing writes to it any more.", new(changed)));
    }

    private async Task<IReadOnlyDictionary<string, string>> Digest(CancellationToken cancel)
    {
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, name, _, _) in files)
            digests[name] = await Pipeline.Digests.OfFile(path, cancel);
        return digests;
    }
}
