using Clientele.Engines;
using Clientele.Problems;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Cleaning;

/// <summary>Removes lines by the rules of <see cref="CleaningSettings"/> and keeps account of every one.</summary>
public static class Cleaner
{
    // The rules by their number in removed.sql.
    private static readonly string[] Rules =
        ["", "overlap", "missing", "missing", "cancellations", "duplicates", "product_codes", "descriptions", "quantity", "price", "after_as_of"];

    private const byte Guest = 2;

    private static readonly Sql Overlap = new("Cleaning/overlap.sql");
    private static readonly Sql Duplicates = new("Cleaning/duplicates.sql");
    private static readonly Sql Removed = new("Cleaning/removed.sql");
    private static readonly Sql Orders = new("Cleaning/orders.sql");
    private static readonly Sql Keep = new("Cleaning/keep.sql");
    private static readonly Sql KeepAfter = new("Cleaning/keep_after.sql");
    private static readonly Sql RulesLedger = new("Cleaning/ledger.sql");
    private static readonly Sql Kept = new("Cleaning/kept.sql");

    /// <summary>Turns <c>lines</c> into <c>orders</c> and <c>orders_after</c>, and drops it.</summary>
    /// <param name="work">The engine that holds <c>lines</c>.</param>
    /// <param name="asOf">Null: all lines count, whenever they were.</param>
    /// <param name="read">What <see cref="SourceReader"/> told of the lines.</param>
    /// <exception cref="ProblemException"><c>cleaning/nothing-left</c>.</exception>
    public static async Task<Ledger> Clean(EngineClient work, CleaningSettings rules, AsOf? asOf, SourceRead read, CancellationToken cancel = default)
    {
        foreach (string table in (string[])["overlap_rows", "duplicate_rows", "removed", "orders", "orders_after"])
            await work.Execute(Sql.Text($"DROP TABLE IF EXISTS {table}"), cancel: cancel);
        await work.Execute(Sql.Text("CREATE TABLE overlap_rows (row UInt64) ENGINE = Memory"), cancel: cancel);
        await work.Execute(Sql.Text("CREATE TABLE duplicate_rows (row UInt64) ENGINE = Memory"), cancel: cancel);
        await work.Execute(Sql.Text("CREATE TABLE removed (row UInt64, rule UInt8, amount Decimal(18, 4)) ENGINE = Log"), cancel: cancel);
        await work.Execute(Orders, new SqlParameters().Add("table", new Identifier("orders")), cancel);
        await work.Execute(Orders, new SqlParameters().Add("table", new Identifier("orders_after")), cancel);

        if (RunsOverlap(rules, read))
            await work.Execute(Overlap, new SqlParameters().Add("distance", rules.OverlapDistance), cancel);
        if (rules.Duplicates.Count > 0)
            await work.Execute(Duplicates, Alike(Needed(new(), rules), rules.Duplicates), cancel);
        await work.Execute(Removed, Needed(new(), rules)
            .Add("digits", rules.MinimumCodeDigits).Add("descriptions", rules.DropDescriptions)
            .Add("positive_quantity", rules.PositiveQuantity).Add("positive_price", rules.PositivePrice && read.Fields.Money)
            .Add("bounded", asOf is not null).Add("lines_before", asOf?.LinesBefore ?? new DateOnly(2000, 1, 1)), cancel);
        await work.Execute(Keep, cancel: cancel);
        if (asOf is not null)
            await work.Execute(KeepAfter, cancel: cancel);
        var ledger = await Account(work, rules, asOf, read, cancel);
        foreach (string table in (string[])["lines", "overlap_rows", "duplicate_rows", "removed"])
            await work.Execute(Sql.Text($"DROP TABLE {table}"), cancel: cancel);
        return ledger;
    }

    // An invoice made of customer and day is no document that could have come twice.
    private static bool RunsOverlap(CleaningSettings rules, SourceRead read) => rules.Overlap && read.HasInvoices;

    /// <summary>Makes an empty table <c>orders</c>.</summary>
    internal static Task CreateOrders(EngineClient work, CancellationToken cancel) =>
        work.Execute(Orders, new SqlParameters().Add("table", new Identifier("orders")), cancel);

    private static SqlParameters Needed(SqlParameters values, CleaningSettings rules) => values
        .Add("need_description", rules.Missing.Contains("description")).Add("need_product", rules.Missing.Contains("product"))
        .Add("need_country", rules.Missing.Contains("country")).Add("drop_cancelled", rules.DropCancellations);

    private static SqlParameters Alike(SqlParameters values, IReadOnlyList<string> fields)
    {
        foreach (string field in (string[])["invoice", "product", "description", "customer", "country", "quantity", "ordered_at", "price"])
            values.Add($"by_{field}", fields.Contains(field));
        return values;
    }

    private static async Task<Ledger> Account(EngineClient work, CleaningSettings rules, AsOf? asOf, SourceRead read, CancellationToken cancel)
    {
        var byRule = await work.Query(
            RulesLedger, row => (Rule: row.ReadUInt8(), Entry: new LedgerEntry((long)row.ReadUInt64(), row.ReadDecimal128(4))), cancel: cancel).ToListAsync(cancel);
        LedgerEntry Sum(IEnumerable<LedgerEntry> entries) => entries.Aggregate(new LedgerEntry(0, 0), (a, b) => new(a.Rows + b.Rows, a.Revenue + b.Revenue));
        var kept = Sum(byRule.Where(r => r.Rule == 0).Select(r => r.Entry));
        var removed = Rules.Skip(1).Distinct().Where(Runs)
            .Select(rule => (rule, Entry: Sum(byRule.Where(r => Rules[r.Rule] == rule).Select(r => r.Entry))))
            .Select(r => new RemovedByRule(r.rule, r.Entry.Rows, r.Entry.Revenue)).ToList();
        if (kept.Rows == 0)
            throw NothingLeft(removed);
        var all = Sum(byRule.Select(r => r.Entry));
        var (customers, first, last) = await work.Query(
            Kept, row => ((long)row.ReadUInt64(), row.ReadDate(), row.ReadDate()), cancel: cancel).FirstAsync(cancel);
        return new(all with { Rows = all.Rows + read.Quarantined }, kept, removed, read.Quarantined, Sum(byRule.Where(r => r.Rule == Guest).Select(r => r.Entry)), customers, first, last);

        bool Runs(string rule) => rule switch
        {
            "overlap" => RunsOverlap(rules, read),
            "cancellations" => rules.DropCancellations,
            "duplicates" => rules.Duplicates.Count > 0,
            "product_codes" => rules.MinimumCodeDigits > 0,
            "descriptions" => rules.DropDescriptions.Count > 0,
            "quantity" => rules.PositiveQuantity,
            "price" => rules.PositivePrice && read.Fields.Money,
            "after_as_of" => asOf is not null,
            _ => true,
        };
    }

    private static ProblemException NothingLeft(IReadOnlyList<RemovedByRule> removed)
    {
        var most = removed.MaxBy(r => r.Rows);
        return new(new(
            "cleaning/nothing-left", $"No line is left after cleaning: the rule '{most?.Rule}' removed most ({most?.Rows:N0}).",
            most?.Rule == "missing" ? "Check that `columns: customer:` names the right column." : "Check `cleaning:` and `as_of:` in clientele.yaml."));
    }
}
