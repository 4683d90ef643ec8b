using System.Net.Sockets;

namespace Clientele.Problems;

/// <summary>Says in words why a file or folder could not be read or written. Whatever room met it, that is no mistake of ours.</summary>
public static class DiskFaults
{
    // errno(3), which .NET puts into an IOException as it is.
    private const int TooLarge = 27, NoSpace = 28, ReadOnly = 30, OverQuota = 122;

    private static readonly Problem Limited = new(
        "disk/file-too-large", "A file would become larger than this process may write.", "Raise the limit (ulimit -f), or write to a disk that takes larger files.");

    /// <returns>Null: it was not the disk.</returns>
    public static Problem? Of(Exception failure) => failure switch
    {
        IOException { InnerException: SocketException } => null,
        FileNotFoundException { FileName: var name } when !Path.IsPathRooted(name) => null,      // a library of ours
        FileNotFoundException or DirectoryNotFoundException => new("disk/missing", failure.Message, "Make it, or name another place; if it was there, see that nothing else moves or deletes files here."),
        UnauthorizedAccessException => new("disk/denied", failure.Message, "Give this user the right to it, or name another place; a folder cannot be written as a file."),
        IOException { HResult: TooLarge } => Limited,
        IOException { HResult: NoSpace or OverQuota } => new("disk/full", Sentence(failure), "Free some room there, or name another place."),
        IOException { HResult: ReadOnly } => new("disk/read-only", Sentence(failure), "Name a place that can be written."),
        IOException => new("disk/failed", Sentence(failure), "See that this place can be read and written, or name another."),
        ArgumentOutOfRangeException when IsOfFiles(failure) => Limited,
        _ => null,
    };

    // What .NET makes of EFBIG is an argument out of range, thrown by what writes files.
    private static bool IsOfFiles(Exception failure) =>
        failure.TargetSite?.DeclaringType is { } thrower && (thrower.Name == "Interop" || thrower.Namespace?.StartsWith("System.IO", StringComparison.Ordinal) == true);

    private static string Sentence(Exception failure) => failure.Message.EndsWith('.') ? failure.Message : $"{failure.Message}.";
}
