using System.Globalization;
using System.Text;
using Clientele.Engines;
using Clientele.Problems;
using ExcelDataReader;

namespace Clientele.Sources;

/// <summary>One sheet of a workbook: its header in the first row that is not empty, then rows.</summary>
internal sealed record WorkbookSheet(SourceFile File, string Name)
{
    static WorkbookSheet() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The sheets asked for, in the order of the workbook; null: all.</summary>
    /// <exception cref="ProblemException"><c>source/unknown-sheet</c>, <c>source/other-kind</c>.</exception>
    public static IReadOnlyList<WorkbookSheet> Of(SourceFile file, IReadOnlyList<string>? wanted)
    {
        using var book = Open(file);
        var names = new List<string>();
        do
            names.Add(book.Name);
        while (book.NextResult());
        foreach (string name in wanted ?? [])
        {
            if (!names.Contains(name))
                throw new ProblemException(new("source/unknown-sheet", $"The workbook has no sheet '{name}'.", $"It has: {string.Join(", ", names)}. Correct `sheets:` in clientele.yaml.", new(file.Path)));
        }
        return [.. names.Where(name => wanted is null || wanted.Contains(name)).Select(name => new WorkbookSheet(file, name))];
    }

    /// <summary>The header and the first rows.</summary>
    public (IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows) Peek(int most)
    {
        using var book = Find();
        var (_, headers) = Header(book);
        var rows = new List<IReadOnlyList<string>>();
        while (rows.Count < most && book.Read())
            rows.Add(Cells(book));
        return (headers, rows);
    }

    /// <summary>Copies the mapped columns to a table of <c>number Int64, line UInt64, cells Array(String)</c>. Rows without any of them are passed over.</summary>
    /// <param name="choose">Chooses columns by the header: places from 1.</param>
    /// <returns>Rows copied.</returns>
    public async Task<long> CopyTo(EngineClient reader, string table, Func<IReadOnlyList<string>, IReadOnlyList<int>> choose, CancellationToken cancel)
    {
        using var book = Find();
        var (line, headers) = Header(book);
        int[] columns = [.. choose(headers).Select(place => place - 1)];
        long number = 0;
        await reader.Insert(table, ["number", "line", "cells"], (rows, stop) =>
        {
            string[] cells = new string[columns.Length];
            while (book.Read())
            {
                stop.ThrowIfCancellationRequested();
                line++;
                bool any = false;
                for (int i = 0; i < columns.Length; i++)
                {
                    cells[i] = columns[i] < book.FieldCount ? Text(book.GetValue(columns[i])) : "";
                    any |= cells[i].Length > 0;
                }
                if (!any)
                    continue;
                rows.WriteInt64(++number);
                rows.WriteUInt64((ulong)line);
                rows.WriteArray(cells, static (row, cell) => row.WriteString(cell));
            }
            return Task.CompletedTask;
        }, cancel);
        return number;
    }

    private IExcelDataReader Find()
    {
        var book = Open(File);
        while (book.Name != Name && book.NextResult())
        {
        }
        return book;
    }

    // Its number, and no names if the sheet is empty.
    private static (long Line, IReadOnlyList<string> Headers) Header(IExcelDataReader book)
    {
        for (long line = 1; book.Read(); line++)
        {
            string[] headers = [.. Cells(book).Select(header => header.Trim())];
            if (!headers.All(string.IsNullOrEmpty))
                return (line, headers);
        }
        return (0, []);
    }

    private static IReadOnlyList<string> Cells(IExcelDataReader book) => [.. Enumerable.Range(0, book.FieldCount).Select(i => Text(book.GetValue(i)))];

    private static IExcelDataReader Open(SourceFile file)
    {
        var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        try
        {
            return ExcelReaderFactory.CreateOpenXmlReader(stream);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            stream.Dispose();
            throw new ProblemException(new("source/other-kind", $"The file is no workbook that can be read: {broken.Message}", "Open it in a spreadsheet program and save it as .xlsx.", new(file.Path)), broken);
        }
    }

    // As the cell would stand in a CSV file; dates year first, to the second.
    private static string Text(object? cell) => cell switch
    {
        null => "",
        string text => text,
        double number when Math.Floor(number) == number && Math.Abs(number) < 1e15 => ((long)number).ToString(CultureInfo.InvariantCulture),
        DateTime time => time.AddMilliseconds(500).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };
}
