using Clientele.Artifacts;
using Clientele.Problems;

namespace Clientele.Engines;

/// <summary>A folder for one start of the embedded engine: its socket and what it writes aside.</summary>
internal sealed class EngineFolder : IDisposable
{
    private const string Prefix = "clientele-engine-";
    private const int LongestRoot = 60;     // a socket's path has at most 107 bytes

    private readonly HeldFolder folder;

    private EngineFolder(HeldFolder folder) => this.folder = folder;

    public string Path => folder.Path;

    public string Socket => System.IO.Path.Combine(Path, "socket");

    private static string Root => System.IO.Path.GetTempPath() is { Length: <= LongestRoot } usual ? usual : "/tmp";

    public static EngineFolder Create()
    {
        if (OperatingSystem.IsWindows())
            throw new ProblemException(new("engine/platform", "The embedded engine does not run on Windows.", "Use Linux, the Windows Subsystem for Linux, or a ClickHouse server by `engine:`."));
        return new(HeldFolder.Create(Root, Prefix));
    }

    /// <summary>Takes away the folders of engines that were killed with their programs.</summary>
    public static void Sweep() => HeldFolder.Sweep(Root, Prefix);

    public void Dispose() => folder.Dispose();
}
