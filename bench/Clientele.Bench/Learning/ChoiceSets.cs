using System.Globalization;
using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>The k chosen on every shared labelled set, its columns as z-scores, beside the number of its labels. Classes of real sets are not always clusters.</summary>
internal static class ChoiceSets
{
    private const int MostLabels = 20;      // beyond, a study of all smaller k tells little and takes long

    public static Task Run(int most)
    {
        Picks.Header("set            n × d, labels", 40);
        var errors = Picks.Rules.Select(_ => new List<int>()).ToArray();
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(Checkout.Data("clustering", "iris.csv"))!).Order(StringComparer.Ordinal))
        {
            var table = LabelledTable.Read(file);
            if (table.Clusters > MostLabels)
            {
                Console.WriteLine($"{table.Name,-14} {table.Clusters} labels: left out");
                continue;
            }
            var rows = StandardScaler.Fit(table.Rows).Transform(table.Rows);
            var found = NaturalGroups.Find(rows, new() { MaxClusters = Math.Max(most, table.Clusters + 5), SampleRows = 5000 });
            int[] picks = Picks.Of(found);
            for (int rule = 0; rule < picks.Length; rule++)
                errors[rule].Add(picks[rule] - table.Clusters);
            Picks.Line(string.Create(CultureInfo.InvariantCulture, $"{table.Name,-14} {rows.Rows} × {rows.Columns}, {table.Clusters}"), 40,
                picks.Select(k => k == 1 ? "none" : $"{k} ({k - table.Clusters:+0;−0;0})"));
        }
        Picks.Line("right", 40, errors.Select(rule => $"{rule.Count(error => error == 0)} of {rule.Count}"));
        Picks.Line("mean |error|", 40, errors.Select(rule => rule.Average(Math.Abs).ToString("F2", CultureInfo.InvariantCulture)));
        return Task.CompletedTask;
    }
}
