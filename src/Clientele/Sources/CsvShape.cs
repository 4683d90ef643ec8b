using System.Text;
using Clientele.Problems;

namespace Clientele.Sources;

/// <summary>How a text file is laid out, from its header.</summary>
/// <param name="Headers">Column names, blanks at their ends and a byte order mark cut.</param>
/// <param name="HeaderLines">Lines before the first row, at least 1.</param>
internal sealed record CsvShape(IReadOnlyList<string> Headers, char Delimiter, int HeaderLines)
{
    private static readonly char[] Delimiters = ['\t', ';', '|', ','];

    /// <param name="delimiter">Null: the one that occurs most often in the header, outside of quotes.</param>
    public static CsvShape Of(SourceFile file, char? delimiter)
    {
        using var text = new StreamReader(file.OpenText(), Encoding.Latin1);
        int before = 0;
        foreach (var (_, lines, bytes) in CsvRecords.Read(text, delimiter ?? ','))
        {
            before += lines;
            string header = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes)).TrimStart('\uFEFF');
            if (string.IsNullOrWhiteSpace(header))
                continue;
            char divider = delimiter ?? Delimiters.MaxBy(c => CsvRecords.Cells(header, c).Count);
            return new([.. CsvRecords.Cells(header, divider).Select(cell => cell.Trim())], divider, before);
        }
        throw new ProblemException(new("source/empty", "The file holds only blank lines.", "Export the orders again, with a header line and one line for each product ordered.", new(file.Path)));
    }

    /// <summary>A whole record: quoted cells (any text, "" for a quote), cells that begin with something else, empty cells.</summary>
    public string RecordPattern => $"^(?:(?:{Cell}){Divider})*(?:{Cell})$";

    /// <summary>A record that ends within a quoted cell.</summary>
    public string OpenPattern => $"^(?:(?:{Cell}){Divider})*\"(?:[^\"]|\"\")*$";

    /// <summary>One cell and the delimiter after it; the cell is group 1.</summary>
    public string CellPattern => $"({Cell}){Divider}";

    private string Cell => $"\"(?:[^\"]|\"\")*\"|[^\"{Divider}][^{Divider}]*|";

    private string Divider => $@"\x{(int)Delimiter:X2}";
}
