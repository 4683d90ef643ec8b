using System.Globalization;

namespace Clientele.Engine;

/// <summary>The pages of the engine's library that count as ours.</summary>
internal static class ResidentCode
{
    private const int DontNeed = 4;     // MADV_DONTNEED

    /// <summary>
    /// Gives back the pages of code and constants that only loading touched: 150 MB, of which work needs a third. Those still needed come
    /// back from the system's file cache, which takes 10 ms in all. A range with a page of its own (a relocation) is left alone: that would be lost.
    /// </summary>
    public static unsafe void GiveBack(string library)
    {
        string name = "/" + Path.GetFileName(library);      // the folder may have been reached through links
        ReadOnlySpan<char> range = default;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            // 7f00-7f80 r-xp 00001000 fe:00 123    /…/libchdb.so, then lines such as "Anonymous:    0 kB".
            if (line[0] is not (>= 'A' and <= 'Z'))
            {
                string[] parts = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
                range = parts[1][1] == '-' && parts.Length == 6 && parts[5].EndsWith(name, StringComparison.Ordinal) ? parts[0] : default;
            }
            else if (!range.IsEmpty && line.StartsWith("Anonymous:", StringComparison.Ordinal) && line.EndsWith(" 0 kB", StringComparison.Ordinal))
            {
                int dash = range.IndexOf('-');
                nuint from = nuint.Parse(range[..dash], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                nuint to = nuint.Parse(range[(dash + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                _ = LibC.Advise((void*)from, to - from, DontNeed);      // advice: nothing is lost if it is not taken
            }
        }
    }
}
