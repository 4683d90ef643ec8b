using System.Globalization;
using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>The k chosen on every shared labelled set, its columns as z-scores, beside the number of its labels: rows of the tables in docs/learning/choosing-k.md.</summary>
internal static class ChoiceSets
{
    // 10,000 rows: of birch1 a hundred to a group. Every other set is asked whole.
    private const int SampleRows = 10_000;

    private sealed record Choice(LabelledTable Table, int[] Picks);

    /// <param name="most">k is looked for up to this many, or five more than the labels.</param>
    /// <param name="part">Names of sets with commas between them; null: all.</param>
    public static Task Run(int most, string? part)
    {
        Line("set", "n × d", "k", [.. Picks.Rules, "gap, raw box"]);
        Choice[] all = [.. LabelledTable.All(part).Select(table => Ask(table, Math.Max(most, table.Clusters + 5)))];
        Sums("planted", [.. all.Where(choice => !choice.Table.IsReal)]);
        Sums("real", [.. all.Where(choice => choice.Table.IsReal)]);
        return Task.CompletedTask;
    }

    private static Choice Ask(LabelledTable table, int most)
    {
        var rows = StandardScaler.Fit(table.Rows).Transform(table.Rows);
        var found = NaturalGroups.Find(rows, new() { MaxClusters = most, SampleRows = SampleRows });
        var raw = GapStatistic.Run(rows, new() { MaxClusters = most, SampleRows = SampleRows, Reference = GapReference.RawAxes, Restarts = 2 });
        int[] picks = [.. Picks.Of(found), raw.OneErrorPick()];
        Line(table.Name, string.Create(CultureInfo.InvariantCulture, $"{rows.Rows:N0} × {rows.Columns}"), $"{table.Clusters}",
            picks.Select(k => k == 1 ? "none" : $"{k} ({k - table.Clusters:+0;−0;0})"));
        return new(table, picks);
    }

    private static void Sums(string kind, Choice[] all)
    {
        if (all.Length == 0)
            return;
        var errors = Enumerable.Range(0, all[0].Picks.Length).Select(rule => all.Select(choice => choice.Picks[rule] - choice.Table.Clusters).ToArray()).ToArray();
        Line($"**right, {kind}**", "", "", errors.Select(rule => $"{rule.Count(error => error == 0)} of {rule.Length}"));
        Line("**mean \\|error\\|**", "", "", errors.Select(rule => rule.Average(Math.Abs).ToString("F2", CultureInfo.InvariantCulture)));
    }

    private static void Line(string name, string size, string labels, IEnumerable<string> cells) => Console.WriteLine($"| {name} | {size} | {labels} | {string.Join(" | ", cells)} |");
}
