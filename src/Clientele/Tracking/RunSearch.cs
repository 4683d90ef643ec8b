using System.Globalization;
using System.Text;
using Clientele.Problems;
using Clientele.Storage;

namespace Clientele.Tracking;

/// <summary>
/// Compiles a query to one statement with parameters. Where a comparison singles out few runs, they are gone through; otherwise the runs are, in the
/// wanted order, until the page is full, or for the newest first one of the metrics compared. What singles out few is told by counting, up to a limit, what each comparison finds in its index.
/// </summary>
internal sealed class RunSearch
{
    // As much of a text as its index holds.
    private const int Indexed = 200;
    // Stands in a predicate for the column that holds the number of the run.
    private const string AnyRun = "{run}";

    private readonly StoreSession store;
    private readonly RunQuery query;
    private readonly List<(string Name, object? Value)> values = [];

    private RunSearch(StoreSession store, RunQuery query) => (this.store, this.query) = (store, query);

    public static Task<RunPage> Find(StoreSession store, RunQuery query) => new RunSearch(store, query).Find();

    private async Task<RunPage> Find()
    {
        bool byMetric = query.Order is { Group: "metrics" };
        string order = byMetric ? "o.value" : query.Order is { } field ? OrderColumn(field) : "r.number";
        var conditions = query.Filter.Conditions.Select(Compile).ToList();
        var leader = await Leader(conditions);
        // The newest first: a metric's index in the order of runs is gone through rather than the runs, whose rows are long.
        var walked = leader is null && query.Order is null ? conditions.Find(condition => condition.Table == "run_metrics") : null;
        var (given, run) = (leader ?? walked, leader is not null || walked is not null ? "c.run" : "r.number");

        var sql = new StringBuilder($"SELECT {Run.Columns}, {order} FROM ");
        sql.Append((given, byMetric) switch
        {
            (null, false) => "runs r",
            (null, true) => $"run_metrics o {store.Dialect.Driver} runs r ON r.number = o.run",
            ({ } few, false) => $"{few.Table} c {store.Dialect.Driver} runs r ON r.number = c.run",
            ({ } few, true) => $"{few.Table} c {store.Dialect.Driver} run_metrics o ON o.run = c.run {store.Dialect.Driver} runs r ON r.number = c.run",
        });
        var where = conditions.Select(condition => condition == given ? condition.Holds : condition.Predicate.Replace(AnyRun, run, StringComparison.Ordinal)).ToList();
        if (query.Parent is { } whole)
            where.Add($"r.parent = (SELECT p.number FROM runs p WHERE p.id = {Bind(whole)})");
        else if (!query.Children)
            where.Add("r.parent IS NULL");
        if (query.Order is not null)
            where.Add($"{order} IS NOT NULL");
        if (byMetric)
            where.Add($"o.key = {Bind(query.Order!.Name)}");
        if (query.After is { } after)
            where.Add(Behind(order, after, walked is null ? "r.number" : run));
        string direction = query is { Order: not null, Ascending: true } ? "ASC" : "DESC", tie = byMetric ? "o.run" : walked is null ? "r.number" : run;
        sql.Append($" {(where.Count > 0 ? "WHERE" : "")} {string.Join(" AND ", where)} ORDER BY {(query.Order is null ? "" : $"{order} {direction}, ")}{tie} {direction} LIMIT {Bind((long)query.Limit + 1)}");

        var found = await store.Rows(sql.ToString(), row => (Run: Run.Read(row), Order: row.GetValue(15)), [.. values]);
        var page = found.Take(query.Limit).ToList();
        return new(await Rows([.. page.Select(each => each.Run)]), found.Count > query.Limit ? Token(page[^1].Run, page[^1].Order) : null);
    }

    private static string OrderColumn(RunField field) => field.Kind == FieldKind.Moment
        ? $"r.{field.Name}"
        : throw new ProblemException(new("usage/filter", $"Runs cannot be ordered by {field}.", "Order by a metric, created_at, started_at or ended_at."));

    private Compiled Compile(RunCondition condition)
    {
        var (field, compare, value) = (condition.Field, condition.Operator, condition.Value);
        if (field.Group == "attributes")
            return new(Attribute(field, compare, value), null, "");
        string table = $"run_{field.Group}", key = Bind(field.Name), holds = $"c.key = {key} AND {Comparison("c.value", compare, value)}";
        bool indexed = field.Group == "metrics" ? compare != "!=" : compare == "=";
        // SQLite finds the index only where the value itself is not compared too. A text shorter than what the index holds is told apart by it alone.
        if (indexed && value is string text && text.Length < Indexed)
            holds = $"c.key = {key} AND SUBSTR(c.value, 1, {Indexed}) = {Bind(text)}";
        else if (indexed && value is string longer)
            holds = $"c.key = {key} AND SUBSTR(c.value, 1, {Indexed}) = {Bind(longer[..Indexed])} AND c.value || '' = {Bind(longer)}";
        // Not EXISTS: SQLite 3.35 would make a list of all runs for which it holds.
        return new(Comparison($"(SELECT f.value FROM {table} f WHERE f.run = {AnyRun} AND f.key = {key})", compare, value), indexed ? table : null, holds);
    }

    private string Attribute(RunField field, string compare, object value) => field.Name == "experiment"
        ? $"r.experiment IN (SELECT number FROM experiments WHERE {Comparison("name", compare, value)})"
        : Comparison($"r.{field.Name}", compare, value);

    private string Comparison(string column, string compare, object value) => compare switch
    {
        "like" => $"{column} LIKE {Bind(value)}{store.Dialect.LikeEnd}",
        "ilike" => $"LOWER({column}) LIKE LOWER({Bind(value)}){store.Dialect.LikeEnd}",
        "!=" => $"{column} <> {Bind(value)}",
        _ => $"{column} {compare} {Bind(value)}",
    };

    private async Task<Compiled?> Leader(IReadOnlyList<Compiled> conditions)
    {
        var (best, least) = ((Compiled?)null, (long)query.Few);
        foreach (var condition in conditions.Where(condition => condition.Table is not null))
        {
            long found = await store.Number($"SELECT COUNT(*) FROM (SELECT 1 FROM {condition.Table} c WHERE {condition.Holds} LIMIT {query.Few}) few", [.. values.Where(value => condition.Uses(value.Name))]) ?? 0;
            if (found < least)
                (best, least) = (condition, found);
        }
        return best;
    }

    private string Behind(string order, string after, string run)
    {
        var parts = after.Split(',');
        string sign = query is { Order: not null, Ascending: true } ? ">" : "<", tie = query.Order is { Group: "metrics" } ? "o.run" : "r.number";
        if (parts.Length != (query.Order is null ? 1 : 2) || !long.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            throw Wrong();
        if (query.Order is null)
            return $"{run} < {Bind(number)}";
        object at = query.Order.Group == "metrics"
            ? double.TryParse(parts[0], CultureInfo.InvariantCulture, out double value) ? value : throw Wrong()
            : long.TryParse(parts[0], CultureInfo.InvariantCulture, out long moment) ? moment : throw Wrong();
        return $"({order}, {tie}) {sign} ({Bind(at)}, {Bind(number)})";

        static ProblemException Wrong() => new(new("usage/filter", "This page is not one of this list.", "Take the token that the page before ended with, with the same order."));
    }

    private string Token(Run last, object order) => query.Order is null
        ? last.Number.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{order},{last.Number}");

    private async Task<IReadOnlyList<RunRow>> Rows(IReadOnlyList<Run> runs)
    {
        var shown = runs.ToDictionary(run => run.Number, _ => new object?[query.Show.Count]);
        foreach (var (field, column) in query.Show.Select((field, column) => (field, column)))
        {
            if (runs.Count == 0 || field.Group == "attributes")
                continue;
            // The numbers are the store's own, so they may stand in the statement.
            var cells = await store.Rows($"SELECT run, value FROM run_{field.Group} WHERE key = @key AND run IN ({string.Join(',', shown.Keys)})",
                row => (Run: row.GetInt64(0), Value: field.Group == "metrics" ? row.Measured(1) : (object)row.GetString(1)), ("key", field.Name));
            foreach (var (run, value) in cells)
                shown[run][column] = value;
        }
        return [.. runs.Select(run => new RunRow(run, shown[run.Number]))];
    }

    private string Bind(object value)
    {
        string name = $"v{values.Count}_";
        values.Add((name, value));
        return $"@{name}";
    }

    /// <param name="Predicate">Of <c>runs r</c>, or of the run whose number stands for <see cref="AnyRun"/>.</param>
    /// <param name="Table">Whose index finds the runs for which it holds; null: none does.</param>
    /// <param name="Holds">The same of a row <c>c</c> of that table.</param>
    private sealed record Compiled(string Predicate, string? Table, string Holds)
    {
        public bool Uses(string name) => Holds.Contains($"@{name}", StringComparison.Ordinal);
    }
}
