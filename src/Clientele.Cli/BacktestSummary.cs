using System.Globalization;
using System.Text.Json;
using Clientele.Learning;
using Clientele.Lifetime;
using Clientele.Pipeline;

namespace Clientele.Cli;

/// <summary>What a back-test of lifetime models says: to people in a table, to machines in JSON.</summary>
internal static class BacktestSummary
{
    public static void Write(TextWriter output, LifetimeBacktestResult result)
    {
        var entries = result.Contest.Entries;
        DateOnly[] tried = [.. entries.Select(entry => entry.Cutoff).Distinct()];
        output.WriteLine($"Spend in {result.Horizon}, said at {tried.Length} cut-offs from {tried[0]:yyyy-MM-dd} to {tried[^1]:yyyy-MM-dd}; mean over cut-offs ± their spread.");
        output.WriteLine($"  {"",-34}{"RMSE of mean",18}{"MAE of median",18}{"norm. Gini",16}{"Spearman",16}{"bias",18}");
        foreach (var model in entries.GroupBy(entry => entry.Model))
            output.WriteLine(
                $"  {model.Key,-34}{Spread(model, e => e.Rmse, "#,0"),18}{Spread(model, e => e.MedianAbsolute, "#,0"),18}{Spread(model, e => e.Gini, "0.000"),16}{Spread(model, e => e.Spearman, "0.000"),16}{Spread(model, e => 100 * e.Bias, "0"),16} %");
        output.WriteLine();
        Choice(output, "Mean forecast", result.Contest.Mean);
        Choice(output, "Median forecast", result.Contest.Median);
        output.WriteLine($"Order of customers: {result.Contest.Ranking.Model}. {result.Contest.Ranking.Why}");
        output.WriteLine();
        output.WriteLine("Is the choice better, and not by luck? (95 % confidence; customers drawn again)");
        foreach (var verdict in result.Contest.Verdicts)
            output.WriteLine($"  {Verdict(verdict)}");
        foreach (var absent in result.Contest.Absent)
            output.WriteLine($"'{absent.Model}' did not take part: {absent.Why}");
    }

    public static string Json(LifetimeBacktestResult result) => JsonSerializer.Serialize(new
    {
        Horizon = result.Horizon.ToString(),
        result.Cutoffs,
        result.Contest.Entries,
        result.Contest.Mean,
        result.Contest.Median,
        result.Contest.Ranking,
        result.Contest.Verdicts,
        result.Contest.Absent,
    }, RunJson.Options);

    private static void Choice(TextWriter output, string what, ContestChoice choice)
    {
        output.WriteLine($"{what}: {choice.Model}. {choice.Why}");
        if (choice.AgainstBaseline is { } against)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  Mean loss against '{choice.Baseline}': {against.Difference:#,0} [{against.Lower:#,0} … {against.Upper:#,0}]"));
    }

    private static string Verdict(ContestVerdict verdict)
    {
        var (name, format) = verdict.Figure switch
        {
            ContestFigure.Rmse => ("RMSE", "#,0"),
            ContestFigure.MedianAbsolute => ("MAE", "#,0"),
            ContestFigure.Gini => ("norm. Gini", "0.000"),
            _ => ("Spearman", "0.000"),
        };
        string said = verdict.Better ? "better" : verdict.Worse ? "worse" : "not shown";
        return $"{name,-12}{Number(verdict.OfModel)} against {Number(verdict.OfRival)} of '{verdict.Rival}': {said} ({Number(verdict.Difference.Difference)} [{Number(verdict.Difference.Lower)} … {Number(verdict.Difference.Upper)}])"
            + (verdict.Better ? "" : $"; '{verdict.Rival}' stands");

        string Number(double value) => value.ToString(format, CultureInfo.InvariantCulture);
    }

    // A figure without a meaning at some cut-off is left out there; at all of them it is a dash.
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
