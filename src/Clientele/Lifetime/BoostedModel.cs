using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>Boosted trees of the mean (squared or Tweedie loss) and of the median (pinball loss).</summary>
/// <param name="Days">Of the window it speaks of, a busy season counting more.</param>
/// <param name="Most">That anybody spent.</param>
public sealed record BoostedModel(BoostingModel Mean, BoostingModel Median, double Days, double Most) : IValueModel
{
    internal static BoostingOptions Options(TreeLoss loss, ulong seed, int threads) =>
        new() { Loss = loss, Rounds = 80, LearningRate = 0.06, Leaves = 6, MinLeafRows = 40, Seed = seed, Threads = threads };

    internal static BoostedModel Fit(TrainingRows rows, TreeLoss loss, ulong seed, int threads, CancellationToken cancel) => new(
        Boosting.Fit(rows.Columns, rows.Spend, Options(loss, seed, threads), cancel: cancel),
        Boosting.Fit(rows.Columns, rows.Spend, Options(TreeLoss.Quantile(.5), seed, threads), cancel: cancel), rows.Days, rows.Most);

    public Forecast Value(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default)
    {
        double scale = snapshot.SeasonalDays / Days;
        var columns = LearnedColumns.Of(snapshot);
        return new(
            [.. ValueParts.Limited(Mean.Predict(columns, threads, cancel), scale, Most)], [.. ValueParts.Limited(Median.Predict(columns, threads, cancel), scale, Most)]);
    }

    public ValueContributions Explain(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default)
    {
        var raw = Contributions.Of(Mean, LearnedColumns.Of(snapshot), threads, cancel);
        double usual = raw.Base[0];
        if (Mean.Loss.Kind == TreeLossKind.Tweedie)
        {
            usual = Math.Exp(usual);
            for (int i = 0; i < raw.Values[0].Rows; i++)
                ValueParts.FromLogs(raw.Values[0].Row(i), usual);
        }
        return ValueParts.Limited(usual, LearnedColumns.Drivers, raw.Values[0], snapshot.SeasonalDays / Days, Most);
    }
}
