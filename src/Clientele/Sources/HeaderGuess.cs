using System.Text;
using Clientele.Engines;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Sources;

/// <summary>What the columns of an unknown file probably are, by their names and a look at the dates.</summary>
/// <param name="Columns">The mapping; a customer or date column that was not found is ''.</param>
/// <param name="Headers">All columns of the file.</param>
/// <param name="NotFound">Keys of <c>columns:</c> that found no column, as in clientele.yaml.</param>
/// <param name="DateOrderIsSure">False if no date told day and month apart; day-first is then assumed.</param>
public sealed record HeaderGuess(ColumnMapping Columns, IReadOnlyList<string> Headers, IReadOnlyList<string> NotFound, bool DateOrderIsSure)
{
    private const int MostRows = 2_000_000;
    private const int MostWorkbookRows = 10_000;

    /// <summary>Looks into a file. A Parquet file starts an engine for the moment.</summary>
    /// <exception cref="ProblemException">All of <see cref="SourceFile.Open"/>.</exception>
    public static async Task<HeaderGuess> For(string path, CancellationToken cancel = default)
    {
        var file = SourceFile.Open(Path.GetFullPath(path));
        switch (file.Kind)
        {
            case FileKind.Parquet:
                await using (var engine = await EngineClient.StartEmbedded(cancel: cancel))
                {
                    using var link = EnginePath.For(file);
                    var columns = await ParquetCells.Describe(engine, link.Path, cancel);
                    // Dates of a Parquet file are mostly typed; texts are taken for ISO.
                    return Of([.. columns.Select(c => c.Name)], _ => []);
                }
            case FileKind.Workbook:
                var (headers, rows) = WorkbookSheet.Of(file, null)[0].Peek(MostWorkbookRows);
                return Of(headers, column => rows.Select(row => row.ElementAtOrDefault(column) ?? ""));
            default:
                var shape = CsvShape.Of(file, delimiter: null);
                return Of(shape.Headers, column => Column(file, shape, column));
        }
    }

    /// <param name="dates">Values of a column, by its index.</param>
    internal static HeaderGuess Of(IReadOnlyList<string> headers, Func<int, IEnumerable<string>> dates)
    {
        string? description = HeaderSynonyms.Find("description", headers);
        string? price = HeaderSynonyms.Find("price", headers);
        string? customer = HeaderSynonyms.Find("customer", headers);
        string? orderedAt = HeaderSynonyms.Find("ordered_at", headers);
        var order = orderedAt is null ? DateOrder.Iso : DateOrderGuess.Of(dates(headers.ToList().IndexOf(orderedAt)));
        var columns = new ColumnMapping
        {
            Invoice = HeaderSynonyms.Find("invoice", headers),
            Customer = customer ?? "",
            OrderedAt = orderedAt ?? "",
            DateOrder = order ?? DateOrder.DayFirst,
            Product = HeaderSynonyms.Find("product", headers) ?? description,
            Description = description,
            Quantity = HeaderSynonyms.Find("quantity", headers),
            Price = price,
            LineTotal = price is null ? HeaderSynonyms.Find("line_total", headers) : null,
            Country = HeaderSynonyms.Find("country", headers),
        };
        (string Key, string? Column)[] found =
        [
            ("invoice", columns.Invoice), ("customer", customer), ("ordered_at", orderedAt), ("product", columns.Product), ("description", description),
            ("quantity", columns.Quantity), ("price", columns.Price ?? columns.LineTotal), ("country", columns.Country),
        ];
        return new(columns, headers, [.. found.Where(f => f.Column is null).Select(f => f.Key)], order is not null);
    }

    private static IEnumerable<string> Column(SourceFile file, CsvShape shape, int column)
    {
        using var text = new StreamReader(file.OpenText(), Encoding.Latin1);
        foreach (var (line, _, record) in CsvRecords.Read(text, shape.Delimiter).Take(MostRows))
        {
            if (line > shape.HeaderLines)
                yield return CsvRecords.Cells(record, shape.Delimiter).ElementAtOrDefault(column) ?? "";
        }
    }
}
