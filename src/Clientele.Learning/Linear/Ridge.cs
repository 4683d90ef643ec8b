namespace Clientele.Learning;

public sealed record RidgeOptions
{
    /// <summary>α &gt; 0 in Σw·(y − ŷ)² + α·‖β‖², β per standard deviation of the column; the intercept is free.</summary>
    public double Penalty { get; init; } = 1;
}

/// <param name="Standardised">One per column: change of the prediction when the column rises by one standard deviation. These are what is penalised.</param>
/// <param name="RSquared">Share of the target's variance explained; null if the target does not vary.</param>
public sealed record RidgeFit(LinearModel Model, IReadOnlyList<double> Standardised, double? RSquared);

/// <summary>Least squares drawn towards 0: steadier than the ordinary kind where columns say much the same. Source: Hoerl &amp; Kennard (1970), Technometrics 12(1).</summary>
public static class Ridge
{
    /// <param name="rows">n × d, finite; may be rank-deficient, d may exceed n.</param>
    /// <param name="targets">n, finite.</param>
    /// <param name="weights">n, ≥ 0; null: 1 each. Weight 2 is the row twice.</param>
    /// <exception cref="NotFiniteException">Names row and column; the target counts as column d, the weight as d + 1.</exception>
    public static RidgeFit Fit(
        Matrix rows, IReadOnlyList<double> targets, RidgeOptions? options = null, IReadOnlyList<double>? weights = null, CancellationToken cancel = default)
    {
        double penalty = (options ?? new()).Penalty;
        if (!(penalty > 0 && double.IsFinite(penalty)))
            throw new ArgumentOutOfRangeException(nameof(options), penalty, "The penalty must be above 0; for none there is LeastSquares.");
        var table = TrainingTable.Of(rows, targets, weights);
        var design = Design.Of(table);
        // The penalty as d further rows: √α in one column each, target 0.
        double[][] columns = design.WeightedColumns(extra: design.Columns);
        for (int j = 0; j < design.Columns; j++)
            columns[j + 1][table.Rows.Rows + j] = Math.Sqrt(penalty);
        var qr = HouseholderQr.Of(columns, cancel);
        double[] solved = design.Spread(qr.Solve(design.WeightedTargets(extra: design.Columns)), qr.Kept);
        var model = design.Model(solved);
        var (residual, total) = LeastSquares.Squares(table, model);
        return new(model, solved[1..], total > 0 ? 1 - residual / total : null);
    }
}
