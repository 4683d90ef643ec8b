using System.Globalization;
using Clientele.Learning;
using Clientele.Lifetime;

namespace Clientele.Bench;

/// <summary>Contests as tables of Markdown.</summary>
internal static class ContestTable
{
    public static void Write(string name, ContestResult contest)
    {
        Write(name, contest.Entries);
        Write(contest.Verdicts);
        foreach (var (what, choice) in (ReadOnlySpan<(string, ContestChoice)>)[("mean", contest.Mean), ("median", contest.Median)])
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {choice.Model}. {choice.Why} Loss against '{choice.Baseline}': {choice.AgainstBaseline?.Difference:#,0} [{choice.AgainstBaseline?.Lower:#,0} … {choice.AgainstBaseline?.Upper:#,0}]"));
    }

    public static void Write(IReadOnlyList<ContestVerdict> verdicts)
    {
        Console.WriteLine("| figure | model | rival | difference [95 %] | stands |\n|---|---|---|---|---|");
        foreach (var verdict in verdicts)
        {
            string format = verdict.Figure is ContestFigure.Gini or ContestFigure.Spearman ? "0.000" : "#,0.0";
            Console.WriteLine($"| {verdict.Figure} | {verdict.Model} {Number(verdict.OfModel)} | {verdict.Rival} {Number(verdict.OfRival)} | {Number(verdict.Difference.Difference)} [{Number(verdict.Difference.Lower)} … {Number(verdict.Difference.Upper)}] | {verdict.Kept} |");

            string Number(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        }
        Console.WriteLine();
    }

    public static void Write(string name, IReadOnlyList<ContestEntry> entries)
    {
        Console.WriteLine($"\n| {name} | RMSE of mean | MAE of median | norm. Gini | Spearman | bias % |\n|---|---|---|---|---|---|");
        foreach (var model in entries.GroupBy(entry => entry.Model))
            Console.WriteLine($"| {model.Key} | {Spread(model, e => e.Rmse, "#,0.0")} | {Spread(model, e => e.MedianAbsolute, "#,0.0")} | {Spread(model, e => e.Gini, "0.000")} | {Spread(model, e => e.Spearman, "0.000")} | {Spread(model, e => 100 * e.Bias, "0")} |");
        Console.WriteLine();
    }

    /// <summary>What the rule would have chosen at each cut-off from contests that were over by then, and how that did.</summary>
    public static void WriteChosenByThen(LifetimeTimeline timeline, IReadOnlyList<IContender> contenders)
    {
        var entries = new List<ContestEntry>();
        foreach (int at in timeline.Judged)
        {
            var now = timeline.Snapshots[at];
            var before = new LifetimeTimeline([.. timeline.Snapshots.Where(snapshot => snapshot.Until <= now.Cutoff)]);
            if (before.Judged.Count == 0)
                continue;
            var contest = Contest.Run(before, contenders);
            Console.WriteLine($"By {now.Cutoff:yyyy-MM-dd}: mean {contest.Mean.Model}, median {contest.Median.Model}");
            Add("chosen by then", contest.Mean.Model, contest.Median.Model);
            Add("best baseline by then", contest.Mean.Baseline, contest.Median.Baseline);
            Add("linear, as published", "linear, as published", "linear, as published");

            void Add(string name, string mean, string median) => entries.Add(ContestEntry.Of(name, now, new(Said(mean).Mean, Said(median).Median)));
            Forecast Said(string model) => timeline.Forecast(contenders.Single(contender => contender.Name == model), at, default)!;
        }
        if (entries.Count > 0)
            Write("Chosen only from what was over", entries);
    }

    private static string Spread(IEnumerable<ContestEntry> entries, Func<ContestEntry, double?> figure, string format)
    {
        double[] figures = [.. entries.Select(figure).OfType<double>()];
        if (figures.Length == 0)
            return "–";
        var spread = RollingOrigins.Spread(figures);
        string mean = spread.Mean.ToString(format, CultureInfo.InvariantCulture);
        return spread.Deviation is { } deviation ? $"{mean} ± {deviation.ToString(format, CultureInfo.InvariantCulture)}" : mean;
    }
}
