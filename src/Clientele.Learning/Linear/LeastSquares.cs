namespace Clientele.Learning;

/// <param name="Standardised">One per column: change of the prediction when the column rises by one standard deviation; 0 for an aliased column.</param>
/// <param name="Errors">Null where no row is left over to judge the noise by.</param>
/// <param name="Aliased">Columns (from 0, ascending) that do not vary or are combinations of columns before them: their coefficient is 0.</param>
/// <param name="RSquared">Share of the target's variance explained; null if the target does not vary.</param>
/// <param name="ResidualDeviation">σ̂ = √(Σw·e² / degrees of freedom); null where there is no freedom left.</param>
/// <param name="DegreesOfFreedom">Σw − coefficients estimated: weights count as repetitions.</param>
public sealed record LeastSquaresFit(
    LinearModel Model, IReadOnlyList<double> Standardised, StandardErrors? Errors, IReadOnlyList<int> Aliased, double? RSquared,
    double? ResidualDeviation, double DegreesOfFreedom);

/// <summary>Ordinary least squares with an intercept, by Householder QR of the z-scores.</summary>
public static class LeastSquares
{
    /// <param name="rows">n × d, finite; may be rank-deficient.</param>
    /// <param name="targets">n, finite.</param>
    /// <param name="weights">n, ≥ 0; null: 1 each. Weight 2 is the row twice.</param>
    /// <exception cref="NotFiniteException">Names row and column; the target counts as column d, the weight as d + 1.</exception>
    public static LeastSquaresFit Fit(Matrix rows, IReadOnlyList<double> targets, IReadOnlyList<double>? weights = null, CancellationToken cancel = default)
        => Fit(TrainingTable.Of(rows, targets, weights), cancel);

    internal static LeastSquaresFit Fit(TrainingTable table, CancellationToken cancel)
    {
        var design = Design.Of(table);
        var qr = HouseholderQr.Of(design.WeightedColumns(), cancel);
        double[] solved = design.Spread(qr.Solve(design.WeightedTargets()), qr.Kept);
        var model = design.Model(solved);
        var (residual, total) = Squares(table, model);
        double freedom = table.TotalWeight - qr.Kept.Count;
        double? variance = freedom > 0 ? residual / freedom : null;
        return new(
            model, solved[1..], variance is { } s2 ? design.Errors(Scaled(qr.InverseGram(), s2), qr.Kept) : null, [.. qr.Aliased.Select(j => j - 1)],
            total > 0 ? 1 - residual / total : null, variance is { } v ? Math.Sqrt(v) : null, freedom);
    }

    /// <summary>Σw·(y − prediction)² and Σw·(y − mean)².</summary>
    internal static (double Residual, double Total) Squares(TrainingTable table, LinearModel model)
    {
        double[] predictions = model.Predict(table.Rows);
        double mean = table.WeightedMean(y => y), residual = 0, total = 0;
        for (int i = 0; i < predictions.Length; i++)
        {
            double error = table.Targets[i] - predictions[i], gap = table.Targets[i] - mean;
            residual += table.Weights[i] * error * error;
            total += table.Weights[i] * gap * gap;
        }
        return (residual, total);
    }

    internal static Matrix Scaled(Matrix table, double factor) => new(table.Rows, table.Columns, [.. table.Values.Select(value => value * factor)]);
}
