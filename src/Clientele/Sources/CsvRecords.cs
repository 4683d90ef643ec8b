using System.Buffers;
using System.Text;

namespace Clientele.Sources;

/// <summary>Puts the lines of a text file together to records where quoted cells hold line breaks.</summary>
/// <remarks>Text is bytes, one a char (Latin-1): nothing is lost if it is not UTF-8.</remarks>
internal static class CsvRecords
{
    /// <summary>A quote that is not closed within so many lines is an error of its own line, not the start of a cell.</summary>
    private const int MostLines = 1_000;

    private enum End { Whole, Open, Wrong }

    /// <summary>The records of a file.</summary>
    /// <param name="text">From the first line on.</param>
    /// <returns>Number of the record's first line, from 1, and its text: lines joined by LF, CR at their ends cut. A line whose quote never closes well is a record alone.</returns>
    public static IEnumerable<(long Line, int Lines, string Text)> Read(TextReader text, char delimiter)
    {
        using var lines = Lines(text).GetEnumerator();
        var ahead = new List<string>();
        bool Has(int count)
        {
            while (ahead.Count < count && lines.MoveNext())
                ahead.Add(lines.Current);
            return ahead.Count >= count;
        }

        for (long line = 1; Has(1);)
        {
            string record = ahead[0];
            int taken = 1;
            if (EndOf(record, delimiter) == End.Open)
            {
                var joined = new StringBuilder(record);
                for (int next = 1; next < MostLines && Has(next + 1); next++)
                {
                    joined.Append('\n').Append(ahead[next]);
                    if (!ahead[next].Contains('"') || EndOf(joined.ToString(), delimiter) is var end && end == End.Open)
                        continue;
                    if (end == End.Whole)
                        (record, taken) = (joined.ToString(), next + 1);
                    break;
                }
            }
            yield return (line, taken, record);
            line += taken;
            ahead.RemoveRange(0, taken);
        }
    }

    /// <summary>The cells of a well-formed record, quotes taken off.</summary>
    public static IReadOnlyList<string> Cells(string record, char delimiter)
    {
        var cells = new List<string>();
        for (int at = 0; at <= record.Length;)
        {
            if (at < record.Length && record[at] == '"' && ClosingQuote(record, at) is var close && close < record.Length && (close + 1 == record.Length || record[close + 1] == delimiter))
            {
                cells.Add(record[(at + 1)..close].Replace("\"\"", "\""));
                at = close + 2;
                continue;
            }
            int end = record.IndexOf(delimiter, at) is var found && found < 0 ? record.Length : found;
            cells.Add(record[at..end]);
            at = end + 1;
        }
        return cells;
    }

    private static End EndOf(string record, char delimiter)
    {
        for (int at = 0; at < record.Length; at++)
        {
            if (record[at] == '"')
            {
                at = ClosingQuote(record, at) + 1;
                if (at > record.Length)
                    return End.Open;
                if (at < record.Length && record[at] != delimiter)
                    return End.Wrong;
            }
            else if ((at = record.IndexOf(delimiter, at)) < 0)
            {
                return End.Whole;
            }
        }
        return End.Whole;
    }

    // The length of the record if there is none.
    private static int ClosingQuote(string record, int opening)
    {
        for (int at = opening + 1; at < record.Length; at++)
        {
            if (record[at] != '"')
                continue;
            if (at + 1 == record.Length || record[at + 1] != '"')
                return at;
            at++;
        }
        return record.Length;
    }

    // LF alone ends a line, as for the engine.
    private static IEnumerable<string> Lines(TextReader text)
    {
        char[] buffer = ArrayPool<char>.Shared.Rent(1 << 16);
        try
        {
            var line = new StringBuilder();
            for (int count; (count = text.Read(buffer, 0, buffer.Length)) > 0;)
            {
                int from = 0;
                for (int end; (end = Array.IndexOf(buffer, '\n', from, count - from)) >= 0; from = end + 1)
                {
                    line.Append(buffer, from, end - from);
                    yield return line.ToString().TrimEnd('\r');
                    line.Clear();
                }
                line.Append(buffer, from, count - from);
            }
            if (line.Length > 0)
                yield return line.ToString().TrimEnd('\r');
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }
}
