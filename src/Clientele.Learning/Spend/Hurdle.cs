namespace Clientele.Learning;

/// <summary>The law of amounts above 0.</summary>
public enum AmountLaw
{
    /// <summary>Least squares on ln amount; one deviation for all rows.</summary>
    LogNormal,
    /// <summary>Gamma with a logarithmic link: the expected amount itself is fitted, so totals are right on the training rows.</summary>
    Gamma,
}

public sealed record HurdleOptions
{
    public LogisticOptions Purchase { get; init; } = new();
    public AmountLaw Law { get; init; } = AmountLaw.Gamma;
    /// <summary>≥ 0, as in <see cref="RidgeOptions"/> (lognormal) or <see cref="TweedieOptions"/> (gamma); 0: none.</summary>
    public double AmountPenalty { get; init; }
}

/// <param name="AmountStandardised">One per column: change of ln amount when the column rises by one standard deviation of the rows with spend.</param>
/// <param name="AmountAliased">Columns (from 0, ascending) without a word of their own on amounts: coefficient 0.</param>
/// <param name="Converged">Both parts.</param>
public sealed record HurdleFit(
    SpendModel Model, LogisticFit Purchase, IReadOnlyList<double> AmountStandardised, IReadOnlyList<int> AmountAliased, bool Converged);

/// <summary>Spend in two fits: who buys, by logistic regression on all rows; how much, on the rows that bought. Source: Cragg (1971), Econometrica 39(5).</summary>
public static class Hurdle
{
    /// <param name="rows">n × d, finite.</param>
    /// <param name="targets">n, finite, ≥ 0; some 0, some above.</param>
    /// <param name="weights">n, ≥ 0; null: 1 each. Weight 2 is the row twice.</param>
    /// <exception cref="NotFiniteException">Names row and column; the target counts as column d, the weight as d + 1.</exception>
    public static HurdleFit Fit(
        Matrix rows, IReadOnlyList<double> targets, HurdleOptions? options = null, IReadOnlyList<double>? weights = null, CancellationToken cancel = default)
    {
        options ??= new();
        var table = TrainingTable.Of(rows, targets, weights);
        var purchase = FitPurchase(table, options.Purchase, cancel);
        var buyers = table.Where(y => y > 0);
        if (options.Law == AmountLaw.LogNormal)
        {
            var logs = buyers with { Targets = [.. buyers.Targets.Select(y => Math.Log(y))] };
            var (location, deviation, standardised, aliased) = FitLogs(logs, options.AmountPenalty, cancel);
            LogNormalAmount law = new(location, new(LogNormalAmount.SpreadOf(deviation), new double[rows.Columns]));
            return new(new(purchase.Model, law), purchase, standardised, aliased, purchase.Converged);
        }
        var fit = TweedieRegression.Fit(buyers, new() { Power = 2, Penalty = options.AmountPenalty, Threads = options.Purchase.Threads }, cancel);
        GammaAmount gamma = new(fit.Model, fit.Dispersion is > 0 and { } dispersion ? dispersion : throw Exact());
        return new(new(purchase.Model, gamma), purchase, fit.Standardised, fit.Aliased, purchase.Converged && fit.Converged);
    }

    internal static LogisticFit FitPurchase(TrainingTable table, LogisticOptions options, CancellationToken cancel)
    {
        RefuseNegative(table);
        bool Any(Func<double, bool> of) => table.Targets.Zip(table.Weights).Any(pair => pair.Second > 0 && of(pair.First));
        if (!Any(y => y == 0) || !Any(y => y > 0))
            throw new ArgumentException("Some targets must be 0 and some above 0; else there is no hurdle to fit.");
        return LogisticRegression.Fit(table.Rows, [.. table.Targets.Select(y => y > 0 ? 1 : 0)], options, table.Weights, cancel);
    }

    internal static void RefuseNegative(TrainingTable table)
    {
        int row = Array.FindIndex(table.Targets, y => y < 0);
        if (row >= 0)
            throw new ArgumentException($"The target of row {row} is {table.Targets[row]}; spend is 0 or more.");
    }

    internal static ArgumentException Exact() => new("The rows with spend are too few for so many columns: their amounts are met exactly and tell nothing of the spread.");

    /// <summary>Least squares on logarithms, with their deviation.</summary>
    internal static (LinearModel Model, double Deviation, IReadOnlyList<double> Standardised, IReadOnlyList<int> Aliased) FitLogs(
        TrainingTable logs, double penalty, CancellationToken cancel)
    {
        if (penalty > 0)
        {
            var ridge = Ridge.Fit(logs.Rows, logs.Targets, new() { Penalty = penalty }, logs.Weights, cancel);
            var (residual, total) = LeastSquares.Squares(logs, ridge.Model);
            return (ridge.Model, residual > 1e-20 * total && residual > 0 ? Math.Sqrt(residual / logs.TotalWeight) : throw Exact(), ridge.Standardised, []);
        }
        var fit = LeastSquares.Fit(logs, cancel);
        return (fit.Model, fit.ResidualDeviation is { } sigma && sigma > 1e-10 * logs.Targets.Max(Math.Abs) && sigma > 0 ? sigma : throw Exact(), fit.Standardised, fit.Aliased);
    }
}
