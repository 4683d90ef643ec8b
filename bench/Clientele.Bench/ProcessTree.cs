using System.Globalization;

namespace Clientele.Bench;

/// <summary>A process and its descendants, as Linux tells of them under /proc.</summary>
internal static class ProcessTree
{
    public static long ResidentBytes(int root)
    {
        var parents = new Dictionary<int, int>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id) && Parent(folder) is { } parent)
                parents[id] = parent;
        return parents.Keys.Append(root).Distinct().Where(id => Descends(id)).Sum(Resident);

        bool Descends(int id)
        {
            while (id != root)
                if (!parents.TryGetValue(id, out id))
                    return false;
            return true;
        }
    }

    // "pid (name) state parent …"; the name may hold anything, so what counts stands after the last bracket.
    private static int? Parent(string folder) =>
        Read(Path.Combine(folder, "stat")) is { } stat ? int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture) : null;

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
