using System.Buffers;
using System.Globalization;
using System.Text;
using Clientele.Learning;
using Clientele.Server.Json;
using Clientele.Sources;

namespace Clientele.Server.Invocations;

/// <summary>Reads the rows of a CSV request: a header with the features' names, then numbers.</summary>
internal static class InvocationCsv
{
    public static Matrix Read(in ReadOnlySequence<byte> body, NumberFields fields)
    {
        var problems = new FieldProblems();
        var rows = new RowList(fields.Names.Count);
        using var text = new StringReader(Encoding.Latin1.GetString(body));
        int[]? places = null;
        foreach (var (line, _, record) in CsvRecords.Read(text, ','))
        {
            var cells = CsvRecords.Cells(record, ',');
            if (places is null)
                places = fields.Arrange([.. cells.Select(cell => cell.Trim())], problems, "/1");
            else if (cells.Count != places.Length)
                problems.Add($"/{line}", $"The line has {cells.Count} cells, the header {places.Length}.");
            else
                Fill(cells, places, rows.Next(), problems, line);
        }
        if (places is null)
            problems.Add("/1", "The body is empty; its first line must name the features.");
        problems.Refuse();
        return rows.ToMatrix();
    }

    private static void Fill(IReadOnlyList<string> cells, int[] places, Span<double> into, FieldProblems problems, long line)
    {
        for (int j = 0; j < places.Length; j++)
            if (places[j] >= 0)
            {
                if (double.TryParse(cells[j], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))
                    into[places[j]] = value;
                else
                    problems.Add($"/{line}/{j + 1}", "This must be a finite number.");
            }
    }
}
