using Clientele.Engines;
using Clientele.Problems;
using Clientele.Sources.Workbooks;

namespace Clientele.Sources;

/// <summary>One sheet of a workbook: its header in the first row that is not empty, then rows.</summary>
internal sealed record WorkbookSheet(SourceFile File, Workbook Book, string Name)
{
    /// <summary>The sheets asked for, in the order of the workbook; null: all.</summary>
    /// <exception cref="ProblemException"><c>source/unknown-sheet</c>, <c>source/other-kind</c>, <c>source/too-large</c>.</exception>
    public static IReadOnlyList<WorkbookSheet> Of(SourceFile file, IReadOnlyList<string>? wanted)
    {
        var book = Workbook.Open(file.Path);
        foreach (string name in wanted ?? [])
        {
            if (!book.Sheets.Contains(name))
                throw new ProblemException(new("source/unknown-sheet", $"The workbook has no sheet '{name}'.", $"It has: {string.Join(", ", book.Sheets)}. Correct `sheets:` in clientele.yaml.", new(file.Path)));
        }
        return [.. book.Sheets.Where(name => wanted is null || wanted.Contains(name)).Select(name => new WorkbookSheet(file, book, name))];
    }

    /// <summary>The header and the first rows.</summary>
    /// <exception cref="ProblemException"><c>source/unreadable</c>.</exception>
    public (IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows) Peek(int most)
    {
        try
        {
            using var sheet = Book.Rows(Name);
            var headers = Header(sheet);
            var rows = new List<IReadOnlyList<string>>();
            while (rows.Count < most && sheet.Read())
                rows.Add(sheet.Texts());
            return (headers, rows);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or IOException)
        {
            throw new ProblemException(SourceFile.Unreadable(File.Path, damaged.Message), damaged);
        }
    }

    /// <summary>Copies the mapped columns to a table of <c>number Int64, line UInt64, cells Array(String)</c>. Rows without any of them are passed over.</summary>
    /// <param name="choose">Chooses columns by the header: places from 1.</param>
    /// <returns>Rows copied.</returns>
    public async Task<long> CopyTo(EngineClient reader, string table, Func<IReadOnlyList<string>, IReadOnlyList<int>> choose, CancellationToken cancel)
    {
        using var sheet = Book.Rows(Name);
        int[] columns = [.. choose(Header(sheet)).Select(place => place - 1)];
        long number = 0;
        await reader.Insert(table, ["number", "line", "cells"], (rows, stop) =>
        {
            Action<RowBinaryWriter, int> write = (row, column) => row.WriteBytes(sheet[column]);
            while (sheet.Read())
            {
                stop.ThrowIfCancellationRequested();
                if (columns.All(column => sheet[column].IsEmpty))
                    continue;
                rows.WriteInt64(++number);
                rows.WriteUInt64((ulong)sheet.Line);
                rows.WriteArray(columns, write);
            }
            return Task.CompletedTask;
        }, cancel);
        return number;
    }

    // No names if the sheet is empty.
    private static string[] Header(SheetRows sheet)
    {
        while (sheet.Read())
        {
            string[] headers = [.. sheet.Texts().Select(header => header.Trim())];
            if (!headers.All(string.IsNullOrEmpty))
                return headers;
        }
        return [];
    }
}
