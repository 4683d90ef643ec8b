using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Clientele.Engine;

/// <summary>The few calls of the C library that .NET has no door to.</summary>
internal static unsafe partial class LibC
{
    public const short PollIn = 1;

    [StructLayout(LayoutKind.Sequential)]
    public struct PollFd
    {
        public int Fd;
        public short Events;
        public short Happened;
    }

    /// <summary>Sets a variable where native code looks for it; Environment.SetEnvironmentVariable changes a managed copy only.</summary>
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "sigaction")]
    public static partial int SignalAction(int signal, byte* set, byte* old);

    [LibraryImport("libc", EntryPoint = "getppid")]
    public static partial int ParentId();

    /// <summary>pidfd_open (434 on every architecture): a descriptor that becomes readable when the process ends. −1 before Linux 5.3.</summary>
    public static int OpenProcess(int id) => (int)SystemCall(434, id, 0);

    [LibraryImport("libc", EntryPoint = "poll")]
    public static partial int Poll(PollFd* descriptors, nuint count, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "read")]
    public static partial nint Read(int fd, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "madvise")]
    public static partial int Advise(void* start, nuint length, int advice);

    /// <summary>pipe2 with O_CLOEXEC: the reading end, then the writing end.</summary>
    public static (SafeFileHandle Reader, SafeFileHandle Writer) Pipe()
    {
        const int closeOnExec = 0x80000;
        int* ends = stackalloc int[2];
        return Pipe(ends, closeOnExec) == 0
            ? (new(ends[0], ownsHandle: true), new(ends[1], ownsHandle: true))
            : throw new IOException("No pipe could be made: too many files are open.");
    }

    /// <summary>Leaves without running exit handlers: those of the engine crash while its threads are at work.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void Exit(int code);

    [LibraryImport("libc", EntryPoint = "pipe2")]
    private static partial int Pipe(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint first, nint second);
}
