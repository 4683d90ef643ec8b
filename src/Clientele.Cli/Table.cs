namespace Clientele.Cli;

/// <summary>Rows for people: each column as wide as its widest cell, numbers to the right.</summary>
internal static class Table
{
    public static void Write(TextWriter output, IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        int[] widths = [.. heads.Select((head, column) => rows.Select(row => row[column].Length).Append(head.Length).Max())];
        bool[] right = [.. heads.Select((_, column) => rows.All(row => row[column].Length == 0 || row[column][0] == '–' || char.IsAsciiDigit(row[column][0]) || row[column][0] == '-'))];
        foreach (var row in rows.Prepend(heads))
            output.WriteLine($"  {string.Join("   ", row.Select((cell, column) => right[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])))}".TrimEnd());
    }
}
