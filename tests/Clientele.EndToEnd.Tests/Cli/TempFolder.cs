namespace Clientele.Tests.Cli;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder() => Path = Directory.CreateTempSubdirectory("clientele-test-").FullName;

    public TempFolder(string home) => Path = Directory.CreateDirectory(System.IO.Path.Combine(home, $"clientele-test-{Guid.NewGuid():N}")).FullName;

    public string Path { get; }

    public string File(string name, string content)
    {
        string path = System.IO.Path.Combine(Path, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public string this[params string[] parts] => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
