using System.Security.Cryptography;
using Clientele.Problems;

namespace Clientele.Engines;

/// <summary>A folder for one start of the embedded engine: its socket and what it writes aside. Only our user may enter.</summary>
/// <remarks>We hold a lock on it while we live. A folder without one was left by a program and an engine that were both killed; the next start takes it away.</remarks>
internal sealed class EngineFolder : IDisposable
{
    private const string Prefix = "clientele-engine-";
    private const int LongestRoot = 60;     // a socket's path has at most 107 bytes

    private readonly FileStream held;

    private EngineFolder(string path, FileStream held) => (Path, this.held) = (path, held);

    public string Path { get; }

    public string Socket => System.IO.Path.Combine(Path, "socket");

    public static EngineFolder Create()
    {
        if (OperatingSystem.IsWindows())
            throw new ProblemException(new("engine/platform", "The embedded engine does not run on Windows.", "Use Linux, the Windows Subsystem for Linux, or a ClickHouse server by `engine:`."));
        string root = System.IO.Path.GetTempPath() is { Length: <= LongestRoot } usual ? usual : "/tmp";
        foreach (string abandoned in Directory.EnumerateDirectories(root, $"{Prefix}*"))
            DeleteIfAbandoned(abandoned);

        // Made under another name until it is locked, so that nobody takes it for an abandoned one.
        string name = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
        string unborn = System.IO.Path.Combine(root, $".{Prefix}{name}");
        Directory.CreateDirectory(unborn, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var held = Lock(unborn, FileMode.CreateNew);
        string path = System.IO.Path.Combine(root, $"{Prefix}{name}");
        Directory.Move(unborn, path);
        return new(path, held);
    }

    public void Dispose()
    {
        held.Dispose();
        Delete(Path);
    }

    private static FileStream Lock(string folder, FileMode mode) =>
        new(System.IO.Path.Combine(folder, "lock"), mode, FileAccess.ReadWrite, FileShare.None);

    private static void DeleteIfAbandoned(string folder)
    {
        try
        {
            using (Lock(folder, FileMode.Open))
                Delete(folder);
        }
        catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
        {
            // Somebody's engine is at work in it, or it is another user's, or none of ours.
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // The engine has taken it away itself.
        }
    }
}
