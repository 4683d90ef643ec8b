using System.Globalization;

namespace Clientele.Bench;

/// <summary>A process and its descendants, as Linux tells of them under /proc.</summary>
internal static class ProcessTree
{
    // Linux counts processor time in hundredths of a second for everybody, whatever its clock; source: proc(5), getconf CLK_TCK.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public static long ResidentBytes(int root) => Of(root).Sum(Resident);

    /// <summary>Most memory that one process has had resident so far.</summary>
    public static long PeakBytes(int id) => Read($"/proc/{id}/status")?.Split('\n').First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) is { } line ? long.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 : 0;

    /// <summary>What a process's descendants that are alive, and the dead ones they waited for, have had of all processors.</summary>
    public static TimeSpan ProcessorTimeBelow(int root) => Of(root).Where(id => id != root).Select(ProcessorTime).Aggregate(TimeSpan.Zero, (sum, one) => sum + one);

    /// <summary>Sends all its descendants a signal.</summary>
    public static Task SignalBelow(int root, string name) => MeasuredProcess.Run("kill", [$"-{name}", .. Of(root).Where(id => id != root).Select(id => $"{id}")]);

    private static List<int> Of(int root)
    {
        var parents = new Dictionary<int, int>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) && Parent(folder) is { } parent)
                parents[id] = parent;
        return [.. parents.Keys.Append(root).Distinct().Where(id => Descends(id))];

        bool Descends(int id)
        {
            while (id != root)
                if (!parents.TryGetValue(id, out id))
                    return false;
            return true;
        }
    }

    // "pid (name) state parent …"; the name may hold anything, so what counts stands after the last bracket.
    private static int? Parent(string folder) => Stat(folder) is { } stat ? int.Parse(stat[1], CultureInfo.InvariantCulture) : null;

    // Own and waited-for, in user and kernel mode: fields 14 to 17 of all, counted from the state, which is the third.
    private static TimeSpan ProcessorTime(int id) => Stat($"/proc/{id}") is { } stat ? stat[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)) * Tick : TimeSpan.Zero;

    private static string[]? Stat(string folder) => Read(Path.Combine(folder, "stat")) is { } stat ? stat[(stat.LastIndexOf(')') + 2)..].Split(' ') : null;

    // "size resident shared …", in pages.
    private static long Resident(int id) =>
        Read($"/proc/{id}/statm") is { } pages ? long.Parse(pages.Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize : 0;

    // A process may end while it is looked at.
    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path) is { Length: > 0 } text ? text : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
