using System.Text;
using Clientele.Engines;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Sources;

/// <summary>Reads all sources of a workspace as one table of typed order lines.</summary>
/// <remarks>
/// Every file becomes text cells and one statement, <c>read.sql</c>, types and checks them: so CSV, Parquet and workbook give equal rows.
/// A text file of which every row is plain is typed by <see cref="PlainCsv"/>, at best while the engine starts; else the engine reads it line by line. Only if a line ends within quotes is it read again, by <see cref="CsvRecords"/>, which joins lines.
/// </remarks>
public sealed class SourceReader
{
    private const string LinesTable = "Sources/lines.sql";
    private static readonly string ReadCells = new Sql("Sources/read.sql").Statement;
    private static readonly string CsvCells = new Sql("Sources/csv_cells.sql").Statement;
    private static readonly string RecordCells = new Sql("Sources/record_cells.sql").Statement;
    private static readonly Sql PlainLines = new("Sources/plain_lines.sql");
    private static readonly string SheetCells = new Sql("Sources/sheet_cells.sql").Statement;

    private readonly EngineClient reader;
    private readonly WorkspaceSettings settings;
    private readonly Sql createLines;
    private readonly PlainSources plain;
    private readonly CancellationToken cancel;
    private readonly List<string> parts = [];
    private long rows;

    private SourceReader(EngineClient reader, WorkspaceSettings settings, Sql createLines, PlainSources plain, CancellationToken cancel) =>
        (this.reader, this.settings, this.createLines, this.plain, this.cancel) = (reader, settings, createLines, plain, cancel);

    /// <summary>Reads every file, checks every row, and leaves the good ones in <c>lines</c> of the work engine.</summary>
    /// <param name="reader">The embedded engine: it alone sees our files.</param>
    /// <param name="work">Where cleaning and features run: the same engine, or a server.</param>
    /// <param name="folder">What relative paths start from: the workspace.</param>
    /// <param name="settings">Sources, columns, quarantine, and the prefix of cancelled invoices count here.</param>
    /// <exception cref="ProblemException"><c>source/*</c>; <c>row/*</c> when quarantine is off or overflows.</exception>
    public static async Task<SourceRead> Read(
        EngineClient reader, EngineClient work, string folder, WorkspaceSettings settings, IProgress<string>? progress = null, CancellationToken cancel = default)
    {
        using var plain = PlainSources.Begin(folder, settings, cancel);
        return await Read(reader, work, folder, settings, plain, progress, cancel);
    }

    /// <summary>The same when plain files are being read already.</summary>
    internal static async Task<SourceRead> Read(
        EngineClient reader, EngineClient work, string folder, WorkspaceSettings settings, PlainSources plain, IProgress<string>? progress, CancellationToken cancel)
    {
        var read = await Read(reader, folder, settings, plain, progress, cancel);
        if (!ReferenceEquals(reader, work))
        {
            await Carry(reader, work, read.Rows, cancel);
            await reader.Execute(Sql.Text("DROP TABLE lines"), cancel: cancel);
        }
        return read;
    }

    /// <summary>The same; <c>lines</c> stays in the reading engine.</summary>
    internal static async Task<SourceRead> Read(
        EngineClient reader, string folder, WorkspaceSettings settings, PlainSources plain, IProgress<string>? progress, CancellationToken cancel)
    {
        var files = settings.Sources.Select(source => (Source: source, Files: SourceFiles.Find(folder, source))).ToList();
        var reading = new SourceReader(reader, settings, LineStorage.For(reader, files.SelectMany(s => s.Files)).Create(LinesTable), plain, cancel);
        foreach (string table in (string[])["lines", "quarantine", "records"])
            await reader.Execute(Sql.Text($"DROP TABLE IF EXISTS {table}"), cancel: cancel);
        await reader.Execute(reading.createLines, cancel: cancel);
        foreach (var (source, file) in files.SelectMany(s => s.Files.Select(file => (s.Source, file))))
        {
            progress?.Report(file.Name);
            await reading.ReadFile(source, file);
        }
        return await reading.Finish([.. files.SelectMany(s => s.Files).Select(f => f.Path)]);
    }

    // What the engine says of a file that is cut off or damaged.
    private static readonly int[] DamagedFile = [32, 33, 117, 271, 354, 636, EngineException.Unknown];

    private async Task ReadFile(SourceSettings source, SourceFile file)
    {
        try
        {
            await (file.Kind switch
            {
                FileKind.Parquet => ReadParquet(source, file),
                FileKind.Workbook => ReadWorkbook(source, file),
                _ => ReadText(source, file),
            });
        }
        catch (EngineException damaged) when (DamagedFile.Contains(damaged.Code))
        {
            throw new ProblemException(SourceFile.Unreadable(file.Path, damaged.EngineMessage.Split('\n')[0]), damaged);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or IOException)
        {
            throw new ProblemException(SourceFile.Unreadable(file.Path, damaged.Message), damaged);
        }
    }

    private async Task ReadText(SourceSettings source, SourceFile file)
    {
        var shape = CsvShape.Of(file, source.Delimiter);
        var plan = ColumnPlan.Of(settings.Columns, shape.Headers, new(file.Path, 1));
        int part = Begin(file.Name);
        if (await plain.Of(source, file) is { } typed)
        {
            await reader.Execute(PlainLines, Common(part).Add("path", typed.Path).Add("lines_before", typed.HeaderLines + source.SkipRows), cancel);
            await Count(part);
            return;
        }
        using var link = EnginePath.For(file);
        await Insert(CsvCells, Divide(Values(plan, part, isTyped: false), shape)
            .Add("path", link.Path).Add("compression", file.IsGzip ? "gzip" : "none").Add("header_lines", shape.HeaderLines).Add("skip", source.SkipRows));
        if (await HasOpenQuotes(part, shape))
        {
            await Forget(part);
            await ReadRecords(source, file, shape, plan, part);
        }
        await Count(part);
    }

    private async Task ReadRecords(SourceSettings source, SourceFile file, CsvShape shape, ColumnPlan plan, int part)
    {
        await reader.Execute(Sql.Text("CREATE TABLE records (ordinal Int64, line UInt64, text String) ENGINE = Log"), cancel: cancel);
        await reader.Insert("records", ["ordinal", "line", "text"], (rows, stop) =>
        {
            using var text = new StreamReader(file.OpenText(), Encoding.Latin1);
            long ordinal = -source.SkipRows;
            foreach (var (line, _, record) in CsvRecords.Read(text, shape.Delimiter).Where(r => r.Line > shape.HeaderLines && !string.IsNullOrWhiteSpace(r.Text)))
            {
                stop.ThrowIfCancellationRequested();
                if (++ordinal <= 0)
                    continue;
                rows.WriteInt64(ordinal);
                rows.WriteUInt64((ulong)line);
                rows.WriteBytes(Encoding.Latin1.GetBytes(record));
            }
            return Task.CompletedTask;
        }, cancel);
        await Insert(RecordCells, Divide(Values(plan, part, isTyped: false), shape));
        await reader.Execute(Sql.Text("DROP TABLE records"), cancel: cancel);
    }

    private async Task ReadParquet(SourceSettings source, SourceFile file)
    {
        using var link = EnginePath.For(file);
        var columns = await ParquetCells.Describe(reader, link.Path, cancel);
        var (plan, places) = ColumnPlan.Of(settings.Columns, [.. columns.Select(c => c.Name)], new(file.Path)).Narrowed();
        (string Name, string Type)[] chosen = [.. places.Select(place => columns[place - 1])];
        bool isTyped = plan.OrderedAt is > 0 and var at && chosen[at - 1].Type.Contains("Date", StringComparison.Ordinal);
        int part = Begin(file.Name);
        await Insert(ParquetCells.Select(chosen), Values(plan, part, isTyped).Add("path", link.Path).Add("skip", source.SkipRows));
        await Count(part);
    }

    private async Task ReadWorkbook(SourceSettings source, SourceFile file)
    {
        var sheets = WorkbookSheet.Of(file, source.Sheets);
        var copied = await Task.WhenAll(sheets.Select((sheet, number) => Task.Run(() => CopySheet(sheet, $"sheet_{number}"), cancel)));
        long skip = source.SkipRows;
        for (int number = 0; number < sheets.Count; number++)
        {
            int part = Begin(sheets.Count > 1 || source.Sheets is not null ? $"{file.Name}, sheet {sheets[number].Name}" : file.Name);
            if (copied[number].Plan is { } plan)
                await Insert(SheetCells, Values(plan, part, isTyped: true).Add("sheet", new Identifier($"sheet_{number}")).Add("skip", skip));
            await reader.Execute(Sql.Text($"DROP TABLE sheet_{number}"), cancel: cancel);
            await Count(part);
            skip = Math.Max(0, skip - copied[number].Rows);
        }
    }

    // An empty sheet has no plan.
    private async Task<(ColumnPlan? Plan, long Rows)> CopySheet(WorkbookSheet sheet, string table)
    {
        await reader.Execute(Sql.Text($"DROP TABLE IF EXISTS {table}"), cancel: cancel);
        await reader.Execute(Sql.Text($"CREATE TABLE {table} (number Int64, line UInt64, cells Array(String)) ENGINE = Log"), cancel: cancel);
        ColumnPlan? plan = null;
        long copied = await sheet.CopyTo(reader, table, headers =>
        {
            if (headers.All(string.IsNullOrEmpty))
                return [];
            (plan, var places) = ColumnPlan.Of(settings.Columns, headers, new($"{sheet.File.Path}, sheet {sheet.Name}")).Narrowed();
            return places;
        }, cancel);
        return (plan, copied);
    }

    private int Begin(string part)
    {
        parts.Add(part);
        return parts.Count - 1;
    }

    private SqlParameters Values(ColumnPlan plan, int part, bool isTyped)
    {
        var values = plan.AddTo(Common(part)).Add("constant", settings.Columns.ConstantQuantity);
        return DateShape.AddTo(values, settings.Columns.DateOrder, isTyped);
    }

    private SqlParameters Common(int part) => new SqlParameters()
        .Add("base", rows).Add("part", part).Add("total", settings.Columns.LineTotal is not null).Add("prefix", settings.Cleaning.CancellationPrefix);

    private static SqlParameters Divide(SqlParameters values, CsvShape shape) => values
        .Add("delimiter", shape.Delimiter.ToString()).Add("record", shape.RecordPattern).Add("cell", shape.CellPattern);

    // The cells are a part of the statement, not a value: a SELECT of ours, from a file beside this one or of quoted names.
    private Task Insert(string cells, SqlParameters values) => reader.Execute(Sql.Text(ReadCells.Replace("/* cells */", cells)), values, cancel);

    // Rows before the first one counted are there only because their quotes are wrong.
    private async Task<bool> HasOpenQuotes(int part, CsvShape shape) => await reader.Query(
        Sql.Text("SELECT toUInt64(count()) FROM lines WHERE part = {part:UInt32} AND fault = 1 AND (toInt64(row) <= {base:Int64} OR match(raw, {open:String}))"),
        row => row.ReadUInt64(), new SqlParameters().Add("part", part).Add("base", rows).Add("open", shape.OpenPattern), cancel).FirstAsync(cancel) > 0;

    private async Task Forget(int part)
    {
        await reader.Execute(Sql.Text("RENAME TABLE lines TO lines_before"), cancel: cancel);
        await reader.Execute(createLines, cancel: cancel);
        await reader.Execute(Sql.Text("INSERT INTO lines SELECT * FROM lines_before WHERE part != {part:UInt32}"), new SqlParameters().Add("part", part), cancel);
        await reader.Execute(Sql.Text("DROP TABLE lines_before"), cancel: cancel);
    }

    private async Task Count(int part)
    {
        var count = Sql.Text("SELECT toUInt64(max(row)), toUInt64(countIf(fault != 0)) FROM lines");
        (rows, long bad) = await reader.Query(count, row => ((long)row.ReadUInt64(), (long)row.ReadUInt64()), cancel: cancel).FirstAsync(cancel);
        long limit = settings.Quarantine.MostBadRows;
        if (bad <= limit)
            return;
        var first = Sql.Text("SELECT part, line, fault FROM lines WHERE fault != 0 ORDER BY row LIMIT {limit:UInt64}, 1");
        var (where, line, fault) = await reader.Query(
            first, row => (parts[(int)row.ReadUInt32()], (long)row.ReadUInt64(), (RowFault)row.ReadUInt8()), new SqlParameters().Add("limit", limit), cancel).FirstAsync(cancel);
        var (kind, reason, remedy) = fault.Words();
        throw new ProblemException(limit == 0
            ? new(kind, reason, remedy, new(where, line))
            : new("row/too-many", $"More than {limit:N0} rows can't be read; here: {reason}", $"{remedy} Or raise `reject_limit`.", new(where, line)));
    }

    private async Task<SourceRead> Finish(IReadOnlyList<string> files)
    {
        var facts = Sql.Text("""
            SELECT toUInt64(count()), toUInt64(countIf(fault != 0)), toUInt8(countIf(fault = 0 AND toUnixTimestamp(ordered_at) % 86400 != 0) > 0),
                toUInt8(countIf(fault = 0 AND cancelled = 1) > 0) FROM lines
            """);
        var (all, bad, hasTimes, hasCancelled) = await reader.Query(
            facts, row => ((long)row.ReadUInt64(), (long)row.ReadUInt64(), row.ReadBool(), row.ReadBool()), cancel: cancel).FirstAsync(cancel);
        if (all == 0)
            throw new ProblemException(new("source/no-rows", "There is a header, but no row.", "Export the orders again.", new(string.Join(", ", parts))));
        if (bad == all)
            throw await NoValidRows(all);
        await reader.Execute(Sql.Text("CREATE TABLE quarantine (part UInt32, line UInt64, fault UInt8, raw String) ENGINE = Log"), cancel: cancel);
        if (bad > 0)
            await reader.Execute(Sql.Text("INSERT INTO quarantine SELECT part, line, fault, raw FROM lines WHERE fault != 0"), cancel: cancel);
        var columns = settings.Columns;
        return new(all, bad, new(
            Product: columns.Product is not null, Description: columns.Description is not null, Quantity: columns.Quantity is not null,
            Money: columns.Price is not null || columns.LineTotal is not null, Country: columns.Country is not null,
            TimeOfDay: hasTimes, Cancellations: hasCancelled), columns.Invoice is not null, parts, files);
    }

    private async Task<ProblemException> NoValidRows(long all)
    {
        var usual = Sql.Text("SELECT fault, toUInt64(min(line)) FROM lines GROUP BY fault ORDER BY count() DESC, fault LIMIT 1");
        var (fault, line) = await reader.Query(usual, row => ((RowFault)row.ReadUInt8(), (long)row.ReadUInt64()), cancel: cancel).FirstAsync(cancel);
        var (_, reason, remedy) = fault.Words();
        return new(new("source/no-valid-rows", $"None of the {all:N0} rows can be read; most often: {reason}", $"{remedy} Check `columns:` in clientele.yaml too.", new(parts[0], line)));
    }

    /// <summary>Copies the good rows to the engine that works on them.</summary>
    internal static async Task Carry(EngineClient reader, EngineClient work, long rows, CancellationToken cancel)
    {
        await work.Execute(Sql.Text("DROP TABLE IF EXISTS lines"), cancel: cancel);
        await work.Execute(LineStorage.For(work, rows).Create(LinesTable), cancel: cancel);
        string[] columns = ["row", "invoice", "cancelled", "product", "description", "quantity", "ordered_at", "price", "amount", "customer", "country"];
        var good = Sql.Text($"SELECT {string.Join(", ", columns)} FROM lines WHERE fault = 0 ORDER BY row");
        await work.Insert("lines", columns, async (copies, stop) =>
        {
            // The values are copied as they stand: nothing is parsed or printed on the way.
            await foreach (bool _ in reader.Query(good, row =>
            {
                copies.WriteUInt64(row.ReadUInt64());
                copies.WriteBytes(row.ReadBytes());
                copies.WriteUInt8(row.ReadUInt8());
                copies.WriteBytes(row.ReadBytes());
                copies.WriteBytes(row.ReadBytes());
                copies.WriteInt64(row.ReadInt64());
                copies.WriteUInt32(row.ReadUInt32());
                copies.WriteInt64(row.ReadInt64());
                copies.WriteInt64(row.ReadInt64());
                copies.WriteBytes(row.ReadBytes());
                copies.WriteBytes(row.ReadBytes());
                return true;
            }, cancel: stop))
            {
            }
        }, cancel);
    }
}
