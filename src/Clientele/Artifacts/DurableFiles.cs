using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Clientele.Artifacts;

/// <summary>The operations of which durable writing is made. Whoever looks after a kill or a power cut sees a whole file or none.</summary>
/// <param name="before">Called before each; tests throw from it.</param>
internal sealed partial class DurableFiles(Action<FileOperation, string>? before = null)
{
    /// <summary>A new file, written by us or by whom we give its path to.</summary>
    public FileStream Create(string path)
    {
        before?.Invoke(FileOperation.Write, path);
        return new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
    }

    public void Copy(string from, string to)
    {
        before?.Invoke(FileOperation.Write, to);
        File.Copy(from, to);
    }

    public void Flush(string path)
    {
        before?.Invoke(FileOperation.Flush, path);
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Renames a file or folder; a file that is there is replaced. What was renamed is on disk under its new name when this returns.</summary>
    public void Rename(string from, string to)
    {
        before?.Invoke(FileOperation.Rename, to);
        if (Rename2(from, to) != 0)
            throw Failed($"{from} could not be renamed to {to}");
        FlushFolder(Path.GetDirectoryName(to)!);
    }

    /// <summary>Puts the names in a folder on disk.</summary>
    public void FlushFolder(string folder)
    {
        before?.Invoke(FileOperation.Flush, folder);
        using var handle = Open(folder, flags: 0);
        if (handle.IsInvalid || Flush(handle) != 0)
            throw Failed($"{folder} could not be flushed");
    }

    private static IOException Failed(string what) => new($"{what}: {Marshal.GetLastPInvokeErrorMessage()}.", Marshal.GetLastPInvokeError());

    // .NET opens no folders, and refuses to move a link to one.
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Rename2(string from, string to);
}
