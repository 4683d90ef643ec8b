using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>Ridge regression of ln(1 + spend). Its median is exp(predictor) − 1; its mean lifts that by the mean of exp(residual), Duan's smearing (1983), JASA 78(383).</summary>
/// <param name="Smear">≥ 1.</param>
/// <param name="Usual">Of every column.</param>
/// <param name="Days">Of the window it speaks of, a busy season counting more.</param>
/// <param name="Most">That anybody spent.</param>
public sealed record LogRidgeModel(LinearModel Logs, double Smear, IReadOnlyList<double> Usual, double Days, double Most) : IValueModel
{
    internal static LogRidgeModel Fit(TrainingRows rows, CancellationToken cancel)
    {
        double[] logs = [.. rows.Spend.Select(value => Math.Log(1 + value))];
        var model = Ridge.Fit(rows.Columns, logs, new() { Penalty = 1 }, cancel: cancel).Model;
        return new(model, model.Predict(rows.Columns).Zip(logs, (said, actual) => Math.Exp(actual - said)).Average(), rows.Usual, rows.Days, rows.Most);
    }

    public Forecast Value(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default)
    {
        double scale = snapshot.SeasonalDays / Days;
        double[] medians = [.. Logs.Predict(LearnedColumns.Of(snapshot)).Select(Math.Exp)];
        return new(
            [.. ValueParts.Limited(medians.Select(value => Smear * value - 1), scale, Most)], [.. ValueParts.Limited(medians.Select(value => value - 1), scale, Most)]);
    }

    public ValueContributions Explain(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default)
    {
        var parts = LearnedColumns.Of(snapshot);
        double usual = Smear * Math.Exp(Logs.Predict(new(1, Usual.Count, [.. Usual]))[0]);
        for (int i = 0; i < parts.Rows; i++)
        {
            for (int j = 0; j < parts.Columns; j++)
                parts[i, j] = Logs.Coefficients[j] * (parts[i, j] - Usual[j]);
            ValueParts.FromLogs(parts.Row(i), usual);
        }
        return ValueParts.Limited(usual - 1, LearnedColumns.Drivers, parts, snapshot.SeasonalDays / Days, Most);
    }
}
