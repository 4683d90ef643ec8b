using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>One forest of spend for the mean, one of ln(1 + spend) for the median.</summary>
/// <param name="Days">Of the window it speaks of, a busy season counting more.</param>
public sealed record ForestModel(RandomForestModel Spend, RandomForestModel Logs, double Days) : IValueModel
{
    /// <summary>Leaves of a tree at most: more fit noise of many rows, and every one of them costs when a forecast is explained.</summary>
    private const int MostLeaves = 1_000;

    internal static ForestModel Fit(TrainingRows rows, ulong seed, int threads, CancellationToken cancel)
    {
        var options = new RandomForestOptions { Trees = 60, MinLeafRows = Math.Max(20, rows.Spend.Length / MostLeaves), ColumnsPerSplit = 5, Seed = seed, Threads = threads };
        return new(
            RandomForest.Fit(rows.Columns, rows.Spend, options, cancel: cancel),
            RandomForest.Fit(rows.Columns, [.. rows.Spend.Select(value => Math.Log(1 + value))], options, cancel: cancel), rows.Days);
    }

    public Forecast Value(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default)
    {
        double scale = snapshot.SeasonalDays / Days;
        var columns = LearnedColumns.Of(snapshot);
        return Forecast.Of(
            Spend.Predict(columns, threads, cancel).Select(value => value * scale), Logs.Predict(columns, threads, cancel).Select(log => (Math.Exp(log) - 1) * scale));
    }

    public ValueContributions Explain(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default)
    {
        var parts = Contributions.Of(Spend, LearnedColumns.Of(snapshot), threads, cancel);
        return ValueParts.Limited(parts.Base[0], LearnedColumns.Drivers, parts.Values[0], snapshot.SeasonalDays / Days, double.PositiveInfinity);
    }
}
