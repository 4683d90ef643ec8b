using Clientele.Engines;
using Clientele.Problems;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Cleaning;

/// <summary>Removes lines by the rules of <see cref="CleaningSettings"/> and keeps account of every one.</summary>
public static class Cleaner
{
    // The rules by their number in rule.sql.
    private static readonly string[] Rules =
        ["", "overlap", "missing", "missing", "cancellations", "duplicates", "product_codes", "descriptions", "quantity", "price", "after_as_of"];

    private const byte Guest = 2, AfterAsOf = 10;

    private static readonly Sql Overlap = new("Cleaning/overlap.sql");
    private static readonly Sql Duplicates = new("Cleaning/duplicates.sql");
    private static readonly Sql OddProducts = new("Cleaning/odd_products.sql");
    private static readonly Sql Keep = WithRule("Cleaning/keep.sql");
    private static readonly Sql RulesLedger = WithRule("Cleaning/ledger.sql");
    private static readonly Sql Kept = new("Cleaning/kept.sql");

    /// <summary>Turns <c>lines</c> into <c>orders</c> and <c>orders_after</c>; it stays.</summary>
    /// <param name="work">The engine that holds <c>lines</c>.</param>
    /// <param name="asOf">Null: all lines count, whenever they were.</param>
    /// <param name="read">What <see cref="SourceReader"/> told of the lines.</param>
    /// <exception cref="ProblemException"><c>cleaning/nothing-left</c>.</exception>
    public static async Task<Ledger> Clean(EngineClient work, CleaningSettings rules, AsOf? asOf, SourceRead read, CancellationToken cancel = default)
    {
        string[] aside = ["overlap_rows", "duplicate_rows", "odd_products"];
        foreach (string table in (string[])[.. aside, "orders", "orders_after"])
            await work.Execute(Sql.Text($"DROP TABLE IF EXISTS {table}"), cancel: cancel);
        await work.Execute(Sql.Text("CREATE TABLE overlap_rows (row UInt64) ENGINE = Memory"), cancel: cancel);
        await work.Execute(Sql.Text("CREATE TABLE duplicate_rows (row UInt64) ENGINE = Memory"), cancel: cancel);
        await work.Execute(Sql.Text("CREATE TABLE odd_products (product String) ENGINE = Memory"), cancel: cancel);
        foreach (string table in (string[])["orders", "orders_after"])
            await CreateOrders(work, table, read.Rows, cancel);

        // What does not need the other runs beside it: a part of each statement uses one core only.
        await Task.WhenAll(
            RunsOverlap(rules, read) ? work.Execute(Overlap, new SqlParameters().Add("distance", rules.OverlapDistance), cancel) : Task.CompletedTask,
            rules.MinimumCodeDigits > 0 ? work.Execute(OddProducts, new SqlParameters().Add("digits", rules.MinimumCodeDigits), cancel) : Task.CompletedTask);
        if (rules.Duplicates.Count > 0)
            await work.Execute(Duplicates, Alike(Needed(rules), rules.Duplicates), cancel);
        var account = Account(work, rules, asOf, read, cancel);
        await Task.WhenAll(
            account, Fill(work, "orders", 0, rules, asOf, read, cancel),
            asOf is null ? Task.CompletedTask : Fill(work, "orders_after", AfterAsOf, rules, asOf, read, cancel));
        var ledger = await WithCustomers(await account, work, cancel);
        foreach (string table in aside)
            await work.Execute(Sql.Text($"DROP TABLE {table}"), cancel: cancel);
        return ledger;
    }

    // An invoice made of customer and day is no document that could have come twice.
    private static bool RunsOverlap(CleaningSettings rules, SourceRead read) => rules.Overlap && read.HasInvoices;

    /// <summary>Makes an empty table like <c>orders</c>.</summary>
    /// <param name="rows">About how many are expected.</param>
    internal static Task CreateOrders(EngineClient work, string table, long rows, CancellationToken cancel) =>
        work.Execute(LineStorage.For(work, rows).Create("Cleaning/orders.sql"), new SqlParameters().Add("table", new Identifier(table)), cancel);

    private static Task Fill(EngineClient work, string table, byte kept, CleaningSettings rules, AsOf? asOf, SourceRead read, CancellationToken cancel) =>
        work.Execute(Keep, Judging(rules, asOf, read).Add("table", new Identifier(table)).Add("kept", kept), cancel);

    // The rules are a part of the statement, not a value: an expression of ours, from the file beside this one.
    private static Sql WithRule(string path) => Sql.Text(new Sql(path).Statement.Replace("/* rule */", new Sql("Cleaning/rule.sql").Statement));

    private static SqlParameters Judging(CleaningSettings rules, AsOf? asOf, SourceRead read) => Needed(rules)
        .Add("descriptions", rules.DropDescriptions)
        .Add("positive_quantity", rules.PositiveQuantity).Add("positive_price", rules.PositivePrice && read.Fields.Money)
        .Add("bounded", asOf is not null).Add("lines_before", asOf?.LinesBefore ?? new DateOnly(2000, 1, 1));

    private static SqlParameters Needed(CleaningSettings rules) => new SqlParameters()
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
            RulesLedger, row => (Rule: row.ReadUInt8(), Entry: new LedgerEntry((long)row.ReadUInt64(), row.ReadDecimal128(4))),
            Judging(rules, asOf, read), cancel).ToListAsync(cancel);
        LedgerEntry Sum(IEnumerable<LedgerEntry> entries) => entries.Aggregate(new LedgerEntry(0, 0), (a, b) => new(a.Rows + b.Rows, a.Revenue + b.Revenue));
        var kept = Sum(byRule.Where(r => r.Rule == 0).Select(r => r.Entry));
        var removed = Rules.Skip(1).Distinct().Where(Runs)
            .Select(rule => (rule, Entry: Sum(byRule.Where(r => Rules[r.Rule] == rule).Select(r => r.Entry))))
            .Select(r => new RemovedByRule(r.rule, r.Entry.Rows, r.Entry.Revenue)).ToList();
        if (kept.Rows == 0)
            throw NothingLeft(removed);
        var all = Sum(byRule.Select(r => r.Entry));
        return new(
            all with { Rows = all.Rows + read.Quarantined }, kept, removed, read.Quarantined,
            Sum(byRule.Where(r => r.Rule == Guest).Select(r => r.Entry)), Customers: 0, default, default);

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

    // Kept lines are counted where they are, so that the ledger would not reconcile if one were lost on the way.
    private static async Task<Ledger> WithCustomers(Ledger ledger, EngineClient work, CancellationToken cancel)
    {
        var (kept, customers, first, last) = await work.Query(
            Kept, row => (new LedgerEntry((long)row.ReadUInt64(), row.ReadDecimal128(4)), (long)row.ReadUInt64(), row.ReadDate(), row.ReadDate()), cancel: cancel).FirstAsync(cancel);
        return ledger with { Kept = kept, Customers = customers, FirstDay = first, LastDay = last };
    }

    private static ProblemException NothingLeft(IReadOnlyList<RemovedByRule> removed)
    {
        var most = removed.MaxBy(r => r.Rows);
        return new(new(
            "cleaning/nothing-left", $"No line is left after cleaning: the rule '{most?.Rule}' removed most ({most?.Rows:N0}).",
            most?.Rule == "missing" ? "Check that `columns: customer:` names the right column." : "Check `cleaning:` and `as_of:` in clientele.yaml."));
    }
}
