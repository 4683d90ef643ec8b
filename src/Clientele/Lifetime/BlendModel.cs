using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>
/// Buy-till-you-die expectations, corrected by what the past has shown of customers like these: expectation × correction^strength, the correction a
/// log-linear model of spend ÷ expectation and never beyond half or twice. Its median lies half-way between the purchase model's and a boosted one.
/// </summary>
/// <param name="Correction">Of spend ÷ expectation, by <see cref="LearnedColumns.DriversWithExpectations"/>.</param>
/// <param name="Usual">Of every column.</param>
/// <param name="Median">Boosted median of spend ÷ expectation.</param>
/// <param name="Least">Money a seasonal day, added to expectations so that none is 0.</param>
/// <param name="Strength">1: as the past says. ½: half-way, for a past that may not come again.</param>
public sealed record BlendModel(
    PurchaseModel Purchases, LogLinearModel Correction, IReadOnlyList<double> Usual, BoostingModel Median, double Least, double Strength) : IValueModel
{
    private const double Bound = 2, Power = 1.5, Penalty = 0.3;

    internal static (BlendModel? Model, string? TooLittle) Fit(LifetimePast past, PurchaseContender contender, CancellationToken cancel)
    {
        var (fit, why) = past.Fit(contender, cancel);
        if (fit is not PurchaseModel now)
            return (null, why);
        // What the purchase model would have expected, had it been fitted at each of those cut-offs.
        PurchaseModel?[] then = [.. past.Learned(contender, cancel).Select(learned => learned.Model as PurchaseModel)];
        if (then.Contains(null))
            return (null, "At a cut-off of the past too few had bought again.");
        PurchaseExpectations[] expected = [.. past.Over.Zip(then, (snapshot, model) => model!.Expect(snapshot, past.Threads, cancel))];
        int at = 0;
        var (rows, tooLittle) = TrainingRows.Of(past, snapshot => LearnedColumns.With(snapshot, expected[at++]));
        if (rows is null)
            return (null, tooLittle);
        double[] perDay = [.. past.Over.Zip(expected).SelectMany(pair => pair.Second.Spend().Select(value => value / pair.First.SeasonalDays))];
        double least = Math.Max(perDay.Average() / 50, 1e-9);
        double[] whole = [.. perDay.Select(value => (value + least) * rows.Days)], ratio = [.. rows.Spend.Zip(whole, (spend, said) => spend / said)];
        // A Tweedie loss of spend with the expectation as offset is the loss of the ratio with this weight; so is the median's.
        double[] weights = [.. whole.Select(value => Math.Pow(value, 2 - Power))];
        var correction = TweedieRegression.Fit(rows.Columns, ratio, new() { Power = Power, Penalty = Penalty, Threads = past.Threads }, weights, cancel).Model;
        var median = Boosting.Fit(rows.Columns, ratio, BoostedModel.Options(TreeLoss.Quantile(.5), past.Seed, past.Threads), whole, cancel: cancel);
        return (new(now, correction, rows.Usual, median, least, Strength: 1), null);
    }

    public Forecast Value(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default)
    {
        var expected = Purchases.Expect(snapshot, threads, cancel);
        var columns = LearnedColumns.With(snapshot, expected);
        double[] spend = expected.Spend(), logs = Correction.Predictor.Predict(columns), boosted = Median.Predict(columns, threads, cancel);
        double least = Least * snapshot.SeasonalDays;
        return Forecast.Of(
            spend.Select((value, i) => (value + least) * Math.Exp(Strength * Bounded(logs[i]))),
            Purchases.MedianSpend(snapshot, expected, threads, cancel).Select((value, i) => (value + Math.Max(0, boosted[i]) * (spend[i] + least)) / 2));
    }

    /// <summary>The purchase model's factors, then what the correction adds, by column.</summary>
    public ValueContributions Explain(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default)
    {
        var factors = Purchases.Explain(snapshot, threads, cancel);
        var expected = Purchases.Expect(snapshot, threads, cancel);
        var columns = LearnedColumns.With(snapshot, expected);
        double[] spend = expected.Spend();
        double least = Least * snapshot.SeasonalDays, usual = Correction.Predictor.Predict(new(1, Usual.Count, [.. Usual]))[0];
        int first = factors.Drivers.Count;
        var parts = new Matrix(columns.Rows, first + columns.Columns + 2);
        for (int i = 0; i < columns.Rows; i++)
        {
            var row = parts.Row(i);
            factors.Values.Row(i).CopyTo(row);
            double whole = usual;
            for (int j = 0; j < columns.Columns; j++)
                whole += row[first + j] = Correction.Predictor.Coefficients[j] * (columns[i, j] - Usual[j]);
            row[first + columns.Columns] = usual;
            row[first + columns.Columns + 1] = Bounded(whole) - whole;
            foreach (ref double part in row[first..])
                part *= Strength;
            ValueParts.FromLogs(row[first..], spend[i] + least);
        }
        return new(factors.Base + least, [.. factors.Drivers, .. LearnedColumns.DriversWithExpectations.Select(Corrected), Level, Bounds], parts);
    }

    private static readonly Driver Level = new("level", "how much more, or less, the past brought than expected");
    private static readonly Driver Bounds = new("bounds", "correction held between half and twice");

    private static Driver Corrected(Driver driver) => new($"correction_{driver.Name}", $"correction by {driver.Label}");

    private static double Bounded(double log) => Math.Clamp(log, -Math.Log(Bound), Math.Log(Bound));
}
