using System.Security.Cryptography;

namespace Clientele.Artifacts;

/// <summary>A folder that is ours while we live, and that only our user may enter.</summary>
/// <remarks>We hold a lock on it. A folder without one was left by a process that was killed; the next who makes one beside it takes it away.</remarks>
internal sealed class HeldFolder : IDisposable
{
    // A folder is made within a moment; one that has been in the making for longer never will be.
    private static readonly TimeSpan Birth = TimeSpan.FromMinutes(1);

    private const string LockName = "lock";

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
        foreach (string other in Others(root, prefix).Where(other => other != path))
            DeleteIfAbandoned(other, isUnborn: System.IO.Path.GetFileName(other).StartsWith('.'), isOld: made - Directory.GetLastWriteTimeUtc(other) > Birth);
        return new(path, held);
    }

    /// <summary>Takes away what killed processes left, when nobody makes such a folder.</summary>
    public static void Sweep(string root, string prefix)
    {
        if (Others(root, prefix).Any())
            Create(root, prefix).Dispose();
    }

    public void Dispose()
    {
        Delete(Path);
        held.Dispose();
    }

    private static IEnumerable<string> Others(string root, string prefix) => Directory.EnumerateDirectories(root, $"{prefix}*").Concat(Directory.EnumerateDirectories(root, $".{prefix}*"));

    private static FileStream Lock(string folder, FileMode mode) =>
        new(System.IO.Path.Combine(folder, LockName), mode, FileAccess.ReadWrite, FileShare.None);

    // One that is not named yet and has no lock's file is in the making, unless it has been so for long. One that is named had it once: without it, it is
    // on its way out, and whoever was at that may have been killed.
    private static void DeleteIfAbandoned(string folder, bool isUnborn, bool isOld)
    {
        try
        {
            if (!isUnborn && !File.Exists(System.IO.Path.Combine(folder, LockName)))
                Delete(folder);
            else
                using (Lock(folder, isOld ? FileMode.OpenOrCreate : FileMode.Open))
                    Delete(folder);
        }
        catch (Exception inUse) when (inUse is IOException or UnauthorizedAccessException)
        {
            // Somebody is at work in it, or it is another user's, or has just gone.
        }
    }

    // The lock's file last: while it is there, whoever comes after us can finish this.
    private static void Delete(string folder)
    {
        try
        {
            foreach (string inside in Directory.EnumerateDirectories(folder))
                Directory.Delete(inside, recursive: true);
            foreach (string inside in Directory.EnumerateFiles(folder).Where(path => System.IO.Path.GetFileName(path) != LockName))
                File.Delete(inside);
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Whoever works in it has taken it away already.
        }
    }
}
