using System.Security.Cryptography;

namespace Clientele.Artifacts;

/// <summary>A folder that is ours while we live, and that only our user may enter.</summary>
/// <remarks>We hold a lock on it. A folder without one was left by a process that was killed; the next who makes one beside it takes it away.</remarks>
internal sealed class HeldFolder : IDisposable
{
    // A folder is made within a moment; one that has been in the making for longer never will be.
    private static readonly TimeSpan Birth = TimeSpan.FromMinutes(1);

    private readonly FileStream held;

    private HeldFolder(string path, FileStream held) => (Path, this.held) = (path, held);

    public string Path { get; }

    /// <param name="root">There already.</param>
    /// <param name="prefix">Of the names of such folders, and of no others.</param>
    public static HeldFolder Create(string root, string prefix)
    {
        string name = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
        // Made under another name until it is locked, so that nobody takes it for an abandoned one.
        string unborn = System.IO.Path.Combine(root, $".{prefix}{name}"), path = System.IO.Path.Combine(root, $"{prefix}{name}");
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(unborn);
        else
            Directory.CreateDirectory(unborn, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var made = Directory.GetLastWriteTimeUtc(unborn);
        var held = Lock(unborn, FileMode.CreateNew);
        Directory.Move(unborn, path);
        foreach (string abandoned in Directory.EnumerateDirectories(root, $"{prefix}*").Where(other => other != path))
            DeleteIfAbandoned(abandoned);
        foreach (string stillborn in Directory.EnumerateDirectories(root, $".{prefix}*").Where(other => made - Directory.GetLastWriteTimeUtc(other) > Birth))
            DeleteIfAbandoned(stillborn);
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
            using (Lock(folder, FileMode.OpenOrCreate))
                Delete(folder);
        }
        catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
        {
            // Somebody is at work in it, or it is another user's, or has just gone.
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
            // Whoever works in it has taken it away already.
        }
    }
}
