using System.Text;
using Clientele.Sources;

namespace Clientele.Server.Customers;

/// <summary>Whom a run assigned, valued and has products for. Memory holds the ids and where their rows stand; the rows stay in the run's files.</summary>
internal sealed class CustomerBook
{
    private static readonly CustomerBook Empty = new(null, null, null);

    private readonly RowFile? segments, values, products;

    private CustomerBook(RowFile? segments, RowFile? values, RowFile? products) => (this.segments, this.values, this.products) = (segments, values, products);

    /// <param name="runFolder">Null: there is none, and nobody is known.</param>
    public static CustomerBook Read(string? runFolder) => runFolder is null ? Empty : new(
        RowFile.Read(Path.Combine(runFolder, "segments.csv")), RowFile.Read(Path.Combine(runFolder, "lifetime", "customers.csv")), RowFile.Read(Path.Combine(runFolder, "recommendations.csv")));

    /// <summary>How many; 0 where the run left no <c>segments.csv</c>.</summary>
    public int Count => segments?.Count ?? 0;

    /// <summary>Null: the run did not assign such a customer.</summary>
    public KnownCustomer? Find(string id) => segments?.Find(id) is { } assigned ? new(assigned[0], values?.Find(id)?[0]) : null;

    /// <summary>Whether the run assigned such a customer.</summary>
    public bool Knows(string id) => segments?.Knows(id) == true;

    /// <summary>Rows of <c>recommendations.csv</c>, by column, the best first.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> ProductsFor(string id) => products?.Find(id) ?? [];
}

/// <summary>Rows of the run's files, by column.</summary>
/// <param name="Assigned">Of <c>segments.csv</c>, features among them.</param>
/// <param name="Value">Of <c>lifetime/customers.csv</c>; null: not valued.</param>
internal sealed record KnownCustomer(IReadOnlyDictionary<string, string> Assigned, IReadOnlyDictionary<string, string>? Value);

/// <summary>A CSV file of ours whose first column is the customer, and where each customer's rows stand in it.</summary>
internal sealed class RowFile
{
    private readonly string path;
    private readonly IReadOnlyList<string> header;
    private readonly Dictionary<string, (long First, int Length)> places;

    private RowFile(string path, IReadOnlyList<string> header, Dictionary<string, (long First, int Length)> places) => (this.path, this.header, this.places) = (path, header, places);

    public int Count => places.Count;

    /// <returns>Null: there is no such file.</returns>
    public static RowFile? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        // One char a byte, so that lengths of text are places in the file.
        using var text = new StreamReader(path, Encoding.Latin1);
        var places = new Dictionary<string, (long First, int Length)>(StringComparer.Ordinal);
        IReadOnlyList<string>? header = null;
        long at = 0;
        foreach (var (_, _, record) in CsvRecords.Read(text, ','))
        {
            int length = record.Length + 1;
            if (header is null)
                header = CsvRecords.Cells(record, ',');
            else
            {
                string id = Utf8(CsvRecords.Cells(record, ',')[0]);
                places[id] = places.TryGetValue(id, out var before) && before.First + before.Length == at ? (before.First, before.Length + length) : (at, length);
            }
            at += length;
        }
        return new(path, header ?? [], places);
    }

    /// <summary>All rows of a customer, in the file's order; null: there are none.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>>? Find(string id)
    {
        if (!places.TryGetValue(Written(id), out var place))
            return null;
        byte[] bytes = new byte[place.Length];
        using (var file = File.OpenHandle(path))
            RandomAccess.Read(file, bytes, place.First);
        using var text = new StringReader(Encoding.Latin1.GetString(bytes));
        return
        [
            .. CsvRecords.Read(text, ',').Select(record => CsvRecords.Cells(record.Text, ',').Zip(header).ToDictionary(cell => cell.Second, cell => Utf8(cell.First), StringComparer.Ordinal)),
        ];
    }

    public bool Knows(string id) => places.ContainsKey(Written(id));

    // Files for people have text that a spreadsheet would run disarmed by an apostrophe.
    private static string Written(string id) =>
        id is [var first, ..] && ("=+@\t\r".Contains(first, StringComparison.Ordinal) || id is ['-', not ('.' or (>= '0' and <= '9')), ..]) ? $"'{id}" : id;

    private static string Utf8(string latin1) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(latin1));
}
