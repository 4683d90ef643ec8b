using Clientele.Problems;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Pipeline;

/// <summary>The source files of a run with their digests, which are computed while other work goes on.</summary>
internal sealed class InputFiles
{
    private readonly List<(string Path, string Name, long Bytes, DateTime Changed)> files;

    private InputFiles(List<(string, string, long, DateTime)> files, CancellationToken cancel)
    {
        this.files = files;
        Digests = Task.Run(() => Digest(cancel), cancel);
    }

    /// <summary>SHA-256 by name relative to the workspace.</summary>
    public Task<IReadOnlyDictionary<string, string>> Digests { get; }

    /// <exception cref="ProblemException">Of <see cref="SourceFiles.Find"/>.</exception>
    public static InputFiles Find(string workspace, WorkspaceSettings settings, CancellationToken cancel) => new(
        [.. settings.Sources.SelectMany(source => SourceFiles.Find(workspace, source)).Select(file => file.Path).Distinct().Select(path =>
            (path, Path.GetRelativePath(workspace, path).Replace('\\', '/'), new FileInfo(path).Length, File.GetLastWriteTimeUtc(path)))], cancel);

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
