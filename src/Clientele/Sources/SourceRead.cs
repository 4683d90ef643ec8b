using System.Globalization;
using System.Text;
using Clientele.Engines;

namespace Clientele.Sources;

/// <summary>What was read: the table <c>lines</c> in the work engine, and the rows that could not be read, in the reading engine's <c>quarantine</c>.</summary>
/// <param name="Rows">Rows of all files, good and bad.</param>
/// <param name="Quarantined">Of these the bad ones.</param>
/// <param name="HasInvoices">False if an invoice is all that a customer bought on one day.</param>
/// <param name="Parts">Files, and sheets of workbooks, in the order in which they were read.</param>
/// <param name="Files">Absolute paths, for the manifest.</param>
public sealed record SourceRead(long Rows, long Quarantined, SourceFields Fields, bool HasInvoices, IReadOnlyList<string> Parts, IReadOnlyList<string> Files)
{
    private static readonly Sql Bad = Sql.Text("SELECT part, line, fault, raw FROM quarantine ORDER BY part, line");

    /// <summary>Writes the quarantined rows as CSV: file, line, kind, reason, remedy, raw text. In reading order; only the header if there are none.</summary>
    /// <param name="reader">The engine that read.</param>
    public async Task WriteQuarantine(EngineClient reader, Stream output, CancellationToken cancel = default)
    {
        await using var csv = new StreamWriter(output, new UTF8Encoding(false), bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        await csv.WriteLineAsync("file,line,kind,reason,remedy,raw");
        if (Quarantined == 0)
            return;
        await foreach (var (part, line, fault, raw) in reader.Query(
            Bad, row => ((int)row.ReadUInt32(), row.ReadUInt64(), (RowFault)row.ReadUInt8(), row.ReadString()), cancel: cancel))
        {
            var (kind, reason, remedy) = fault.Words();
            await csv.WriteLineAsync(string.Join(',', Quoted(Parts[part]), line.ToString(CultureInfo.InvariantCulture), kind, Quoted(reason), Quoted(remedy), Quoted(raw)));
        }
    }

    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"")}\"";
}
