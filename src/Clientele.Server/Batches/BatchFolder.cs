using System.Runtime.InteropServices;
using Clientele.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Win32.SafeHandles;

namespace Clientele.Server.Batches;

/// <summary>The one folder whose files jobs may be made from. A path leads to a regular file within it by plain names, through no link; anything else is refused in the same words, whatever is there.</summary>
internal sealed partial class BatchFolder(string workspace, ServeSettings settings)
{
    private const int MostSegments = 32, AtOnce = 1 << 20;

    // O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC of open(2), which every system numbers in its own way.
    private static readonly int Flags = OperatingSystem.IsMacOS() ? 0x4 | 0x100 | 0x100_0000
        : 0x800 | (RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x2_0000) | 0x8_0000;

    /// <exception cref="RequestException"><c>batches/folder</c>: there is no such folder; <c>batches/source</c>: there is no such file in it; <c>request/too-large</c>.</exception>
    public async Task Copy(string source, string to, CancellationToken cancel)
    {
        if (settings.BatchFolder is not { } root)
            throw new RequestException(StatusCodes.Status400BadRequest, new("batches/folder", "This service takes no paths of files.", "Upload the file, or ask who runs the service for a batch folder (serve: batch_folder in clientele.yaml)."), []);
        await using var file = Open(Path.GetFullPath(root, Path.GetFullPath(workspace)), source);
        long length = file.Length;
        if (length == 0)
            throw new RequestException(StatusCodes.Status400BadRequest, BatchProblems.Empty, []);
        if (length > (long)settings.BatchMib << 20)
            throw new RequestException(StatusCodes.Status413PayloadTooLarge, new("request/too-large", $"The file is larger than {settings.BatchMib:N0} MiB.", "Send it in parts, or raise serve: batch_mib in clientele.yaml."), []);
        await using var copy = new FileStream(to, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] part = new byte[Math.Min(AtOnce, length)];
        // As long as it was said to be: what grows meanwhile is not waited for.
        for (int count; length > 0 && (count = await file.ReadAsync(part.AsMemory(0, (int)Math.Min(part.Length, length)), cancel)) > 0; length -= count)
            await copy.WriteAsync(part.AsMemory(0, count), cancel);
        copy.Flush(flushToDisk: true);
    }

    private static FileStream Open(string root, string source)
    {
        string[] names = source.Split('/');
        if (names.Length > MostSegments || !names.All(IsPlain))
            throw Nothing();
        string path = root;
        foreach (string name in names[..^1])
        {
            path = Path.Combine(path, name);
            if (!Directory.Exists(path) || new DirectoryInfo(path).LinkTarget is not null)
                throw Nothing();
        }
        // Not blocking: a pipe that nobody writes to would hold the request for ever. Looked at only once it is open, so that nothing can take its place between.
        var handle = Open(Path.Combine(path, names[^1]), Flags);
        try
        {
            // What is no file has no place to seek to (pipe, socket), no length (device), or cannot be read (folder).
            if (handle.IsInvalid || new FileStream(handle, FileAccess.Read, bufferSize: 0) is not { CanSeek: true } file)
                throw Nothing();
            RandomAccess.Read(handle, stackalloc byte[1], 0);
            return file;
        }
        catch (Exception other) when (other is RequestException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            handle.Dispose();
            throw other is RequestException ? other : Nothing();
        }
    }

    // What no path of any system, no URL and no shell gives a meaning.
    private static bool IsPlain(string name) => name.Length is > 0 and <= 255 && name[0] != '.' && name[^1] is not ('.' or ' ') && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or ' ' || (char.IsLetter(c) && c > 127));

    private static RequestException Nothing() => new(StatusCodes.Status400BadRequest, new("batches/source", "There is no such file in the batch folder.", "Give its path within that folder: plain names with / between them."), []);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial SafeFileHandle Open(string path, int flags);
}
