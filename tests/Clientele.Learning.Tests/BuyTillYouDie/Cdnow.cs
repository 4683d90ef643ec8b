using System.Globalization;

namespace Clientele.Learning.Tests;

/// <summary>The 1/10 sample of CDNOW: 2,357 customers, calibration to 1997-09-30, times in weeks = days/7. Source: reference/science.md A1.</summary>
internal static class Cdnow
{
    public static readonly Lazy<Cohort> Exact = new(() => Until(new(1997, 9, 30)));
    public static readonly Lazy<Cohort> Second = new(() => Until(new(1997, 6, 30)));

    /// <summary>As printed with two decimals.</summary>
    public static PurchaseHistories TwoDecimals => Exact.Value.Histories with
    {
        Recency = [.. Exact.Value.Histories.Recency.Select(t => Math.Round(t, 2))],
        Tenure = [.. Exact.Value.Histories.Tenure.Select(t => Math.Round(t, 2))],
    };

    /// <param name="Spend">Mean value of the repeat purchases; 0 without.</param>
    /// <param name="Future">Purchase days in the 39 weeks after.</param>
    public sealed record Cohort(PurchaseHistories Histories, double[] Spend, int[] Future);

    private static Cohort Until(DateOnly cutoff)
    {
        var customers = File.ReadLines(Clientele.Tests.TestData.File_("btyd", "cdnow_sample_daily.csv")).Skip(1)
            .Select(line => line.Split(','))
            .Select(line => (Id: int.Parse(line[0], CultureInfo.InvariantCulture), Day: DateOnly.Parse(line[1], CultureInfo.InvariantCulture), Price: double.Parse(line[3], CultureInfo.InvariantCulture)))
            .GroupBy(line => line.Id)
            .Select(lines =>
            {
                var first = lines.Min(line => line.Day);
                var repeats = lines.Where(line => line.Day > first && line.Day <= cutoff).ToArray();
                return (
                    X: repeats.Length,
                    Last: repeats.Length == 0 ? 0 : (repeats.Max(line => line.Day).DayNumber - first.DayNumber) / 7.0,
                    Age: (cutoff.DayNumber - first.DayNumber) / 7.0,
                    Spend: repeats.Length == 0 ? 0 : repeats.Average(line => line.Price),
                    Future: lines.Count(line => line.Day > cutoff && line.Day.DayNumber <= cutoff.DayNumber + 273));
            }).ToArray();
        return new(
            new([.. customers.Select(c => c.X)], [.. customers.Select(c => c.Last)], [.. customers.Select(c => c.Age)]),
            [.. customers.Select(c => c.Spend)], [.. customers.Select(c => c.Future)]);
    }
}
