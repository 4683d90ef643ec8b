using System.Text.RegularExpressions;
using Clientele.Tracking;

namespace Clientele.Tests.Stores;

public abstract class SearchSuite : StoreSuite
{
    private static readonly double[] Scores = [-1, 0, 0.25, 0.5, double.NaN, double.PositiveInfinity];
    private static readonly string[] Shops = ["paris", "Paris", "köln", "50%", "o'hare", new string('x', 300)];

    /// <summary>Over random filters, orders, page lengths and ways to search: the store finds what a plain loop over all runs finds.</summary>
    [Fact]
    public async Task Every_filter_finds_what_a_loop_over_all_runs_finds()
    {
        var random = new Random(17);
        var runs = new List<Known>();
        for (int i = 0; i < 40; i++)
            runs.Add(await Add(random));

        for (int i = 0; i < 150; i++)
        {
            var conditions = Enumerable.Range(0, random.Next(4)).Select(_ => RandomCondition(random)).ToList();
            bool byScore = random.Next(2) == 0, ascending = random.Next(2) == 0;
            var query = new RunQuery
            {
                Filter = RunFilter.Parse(string.Join(" and ", conditions.Select(condition => condition.Text))),
                Order = byScore ? RunField.Parse("metrics.score") : null,
                Ascending = ascending,
                Limit = random.Next(1, 12),
                Few = random.Next(3) switch { 0 => 0, 1 => 8, _ => 5_000 },
                Children = true,
            };
            var wanted = runs.Where(run => conditions.All(condition => condition.Holds(run))).Reverse();
            if (byScore)
            {
                var scored = wanted.Reverse().Where(run => run.Score is { } score && !double.IsNaN(score));
                wanted = ascending ? scored.OrderBy(run => run.Score) : scored.Reverse().OrderByDescending(run => run.Score);
            }

            Assert.Equal(wanted.Select(run => run.Id), await AllPages(query));
        }
    }

    [Fact]
    public async Task A_list_shows_what_was_asked_for_and_leaves_out_parts_of_runs()
    {
        var run = await Runs.Claim((await Runs.Create(new() { Params = new Dictionary<string, string> { ["k"] = "4" } })).Id);
        await run.Record(new() { Metrics = [new("loss", double.NaN)] });
        await run.AddChild(new(), new());
        await run.End(RunState.Completed);

        var page = await Runs.Find(new() { Show = [RunField.Parse("metrics.loss"), RunField.Parse("params.k"), RunField.Parse("tags.none")] });

        Assert.Null(page.Next);
        Assert.Equal([double.NaN, "4", null], Assert.Single(page.Rows).Shown);
        Assert.Equal(2, (await Runs.Find(new() { Children = true })).Rows.Count);
    }

    [Fact]
    public async Task Attributes_are_compared_too()
    {
        await Runs.Create(new() { Id = "one", Experiment = "studies", Name = "First try" });
        Clock.Advance(TimeSpan.FromDays(1));
        await Runs.Create(new() { Id = "two" });

        Assert.Equal(["one"], await Ids("experiment = 'studies' and created_at < '2026-03-02'"));
        Assert.Equal(["two"], await Ids("attributes.created_at >= '2026-03-02T08:00'"));
        Assert.Equal(["one"], await Ids("name ilike 'first%'"));
        Assert.Equal([], await Ids("name like 'first%'"));
        Assert.Equal(["two", "one"], await Ids("state = 'pending'"));
        Assert.Equal([], await Ids("state != 'Pending'"));

        async Task<IEnumerable<string>> Ids(string filter) => (await Runs.Find(new() { Filter = RunFilter.Parse(filter) })).Rows.Select(row => row.Run.Id);
    }

    [Fact]
    public async Task A_page_of_another_list_is_refused()
    {
        await Refused("usage/filter", () => Runs.Find(new() { After = "here'; DROP TABLE runs; --" }));
        await Refused("usage/filter", () => Runs.Find(new() { After = "1", Order = RunField.Parse("metrics.score") }));
        await Refused("usage/filter", () => Runs.Find(new() { Order = RunField.Parse("params.k") }));
    }

    private async Task<List<string>> AllPages(RunQuery query)
    {
        var ids = new List<string>();
        for (string? after = null; ;)
        {
            var page = await Runs.Find(query with { After = after });
            ids.AddRange(page.Rows.Select(row => row.Run.Id));
            if ((after = page.Next) is null)
                return ids;
        }
    }

    private async Task<Known> Add(Random random)
    {
        double? score = random.Next(4) == 0 ? null : Scores[random.Next(Scores.Length)];
        string? shop = random.Next(5) == 0 ? null : Shops[random.Next(Shops.Length)];
        await using var run = await Runs.Claim((await Runs.Create(new() { Params = shop is null ? new Dictionary<string, string>() : new() { ["shop name"] = shop } })).Id);
        await run.Record(new()
        {
            Metrics = score is { } value ? [new("score", value)] : [],
            Tags = shop is null ? new Dictionary<string, string>() : new() { ["shop"] = shop },
        });
        var state = random.Next(2) == 0 ? RunState.Completed : RunState.Failed;
        await run.End(state);
        return new(run.Id, score, shop, state);
    }

    private static Asked RandomCondition(Random random)
    {
        string number = random.Next(4) switch { 0 => "0.25", 1 => "-1", 2 => "0", _ => "0.3" };
        string shop = Shops[random.Next(Shops.Length)];
        double against = double.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
        return random.Next(8) switch
        {
            0 => new($"metrics.score > {number}", run => run.Score > against),
            1 => new($"metrics.`score` <= {number}", run => run.Score <= against),
            2 => new($"metrics.score != {number}", run => run.Score is { } score && !double.IsNaN(score) && score != against),
            3 => new($"params.\"shop name\" = '{shop.Replace("'", "''", StringComparison.Ordinal)}'", run => run.Shop == shop),
            4 => new($"tags.shop != '{shop.Replace("'", "''", StringComparison.Ordinal)}'", run => run.Shop is not null && run.Shop != shop),
            5 => new("tags.shop LIKE '_a%is'", run => run.Shop is not null && Regex.IsMatch(run.Shop, "^.a.*is$")),
            6 => new("tags.shop ilike 'PA%'", run => run.Shop is not null && Regex.IsMatch(run.Shop, "^pa", RegexOptions.IgnoreCase)),
            _ => new("state = 'failed'", run => run.State == RunState.Failed),
        };
    }

    private sealed record Known(string Id, double? Score, string? Shop, RunState State);

    private sealed record Asked(string Text, Func<Known, bool> Holds);
}
