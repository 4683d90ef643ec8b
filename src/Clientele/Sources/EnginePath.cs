using Clientele.Artifacts;

namespace Clientele.Sources;

/// <summary>A path as the engine takes it: <c>* ? { } ::</c> would be patterns to it, so a file with such a name gets a plain one, for as long as this lives.</summary>
internal sealed class EnginePath : IDisposable
{
    private readonly HeldFolder? folder;

    private EnginePath(string path, HeldFolder? folder) => (Path, this.folder) = (path, folder);

    public string Path { get; }

    public static EnginePath For(SourceFile file) => For(file.Path);

    public static EnginePath For(string path)
    {
        if (path.IndexOfAny(['*', '?', '{', '}']) < 0 && !path.Contains("::", StringComparison.Ordinal))
            return new(path, null);
        var folder = HeldFolder.Create(System.IO.Path.GetTempPath(), PlainSources.Prefix);
        string link = System.IO.Path.Combine(folder.Path, "source");
        File.CreateSymbolicLink(link, path);
        return new(link, folder);
    }

    public void Dispose() => folder?.Dispose();
}
