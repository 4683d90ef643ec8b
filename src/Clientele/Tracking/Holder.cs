using System.Globalization;

namespace Clientele.Tracking;

/// <summary>The process that holds a run, told from every other, also one that later gets its number.</summary>
/// <param name="Machine">Where it runs, for people.</param>
/// <param name="Process">Its number there.</param>
/// <param name="World">What its number and start are unique in: the machine's boot and its space of process numbers. Empty: not known.</param>
/// <param name="Start">When it started, in the machine's own ticks since boot, which no clock change moves.</param>
public sealed record Holder(string Machine, int Process, string World, long Start)
{
    /// <summary>This process.</summary>
    public static Holder Current { get; } = Of(Environment.ProcessId);

    /// <summary>A living process of this machine.</summary>
    public static Holder Of(int process) => new(Environment.MachineName, process, OwnWorld(), StartOf(process) ?? 0);

    /// <summary>True: it is known to have ended. False: it lives, or nothing can be known from here.</summary>
    public bool IsGone => World.Length > 0 && World == Current.World && StartOf(Process) != Start;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Machine} {Process} {Start} {World}");

    /// <summary>Reads back what <see cref="ToString"/> wrote.</summary>
    public static Holder Parse(string text)
    {
        var parts = text.Split(' ', 4);
        return new(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), parts[3], long.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    private static string OwnWorld()
    {
        const string boot = "/proc/sys/kernel/random/boot_id", space = "/proc/self/ns/pid";
        return File.Exists(boot) && new FileInfo(space).LinkTarget is { } name ? $"{File.ReadAllText(boot).Trim()}{name}" : "";
    }

    // Field 22 of /proc/PID/stat, counted behind the name in brackets, which may hold anything (proc(5)). A zombie has ended.
    private static long? StartOf(int process)
    {
        try
        {
            var fields = File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;        // no such process
        }
    }
}
