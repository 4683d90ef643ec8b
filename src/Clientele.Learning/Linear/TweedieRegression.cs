namespace Clientele.Learning;

public sealed record TweedieOptions
{
    /// <summary>p of variance ∝ meanᵖ: 1 Poisson (counts), 1 … 2 between (amounts with zeros), 2 gamma (amounts above 0).</summary>
    public double Power { get; init; } = 1.5;
    /// <summary>α ≥ 0 in Σw·deviance/(2Σw) + ½·α·‖β‖², β per standard deviation of the column; the intercept is free.</summary>
    public double Penalty { get; init; }
    /// <summary>Newton steps, ≥ 1.</summary>
    public int MaxIterations { get; init; } = 100;
    /// <summary>At most this many threads; 0: all cores. Not seen in the result.</summary>
    public int Threads { get; init; }
}

/// <param name="Standardised">One per column: change of ln mean when the column rises by one standard deviation.</param>
/// <param name="Errors">Of the predictor, without a penalty: from the expected information, with dispersion 1 for Poisson and the estimated one else. Null under a penalty.</param>
/// <param name="Aliased">Columns (from 0, ascending) that do not vary or are combinations of columns before them: their coefficient is 0. None under a penalty.</param>
/// <param name="Deviance">Weighted mean deviance of the training rows (<see cref="TweedieDeviance"/>).</param>
/// <param name="Dispersion">Pearson's Σw·(y−μ)²/μᵖ over the degrees of freedom (Σw − coefficients); null where there are none.</param>
public sealed record TweedieFit(
    LogLinearModel Model, IReadOnlyList<double> Standardised, StandardErrors? Errors, IReadOnlyList<int> Aliased, double Deviance, double? Dispersion,
    int Iterations, bool Converged);

/// <summary>Generalised linear model of counts and amounts with a logarithmic link. Source: McCullagh &amp; Nelder (1989), ch. 2, 6, 8; Jørgensen (1987), JRSS B 49(2).</summary>
public static class TweedieRegression
{
    /// <param name="rows">n × d, finite.</param>
    /// <param name="targets">n, finite, ≥ 0 and not all 0; for power 2 all above 0.</param>
    /// <param name="weights">n, ≥ 0; null: 1 each. Weight 2 is the row twice.</param>
    /// <exception cref="NotFiniteException">Names row and column; the target counts as column d, the weight as d + 1.</exception>
    public static TweedieFit Fit(
        Matrix rows, IReadOnlyList<double> targets, TweedieOptions? options = null, IReadOnlyList<double>? weights = null, CancellationToken cancel = default)
        => Fit(TrainingTable.Of(rows, targets, weights), options ?? new(), cancel);

    internal static TweedieFit Fit(TrainingTable table, TweedieOptions options, CancellationToken cancel)
    {
        double power = options.Power;
        Check(table, options);
        var design = Design.Of(table);
        var (kept, aliased) = design.Independent(options.Penalty, cancel);
        Matrix columns = aliased.Count == 0 ? design.Rows : design.Rows.TakeColumns(kept);
        // Slope and curvature of half the deviance by ln μ; for 1 ≤ p ≤ 2 the curvature is never negative.
        (double, double, double) RowLoss(double y, double predictor)
        {
            double mean = Math.Exp(predictor), high = Math.Exp((2 - power) * predictor), low = y == 0 ? 0 : y * Math.Exp((1 - power) * predictor);
            return (TweedieDeviance.Unit(y, mean, power) / 2, high - low, (2 - power) * high - (1 - power) * low);
        }
        double scale = table.TotalWeight;
        var best = new PredictorObjective(columns, table, RowLoss, options.Penalty * scale, options.Threads)
            .Minimise(Math.Log(table.WeightedMean(y => y)), options.MaxIterations, cancel);
        double[] solved = design.Spread(best.At, kept);
        LogLinearModel model = new(design.Model(solved));
        double[] means = model.Predict(table.Rows);
        double deviance = 0, pearson = 0, freedom = scale - kept.Count;
        for (int i = 0; i < means.Length; i++)
        {
            double gap = table.Targets[i] - means[i];
            deviance += table.Weights[i] * TweedieDeviance.Unit(table.Targets[i], means[i], power);
            pearson += table.Weights[i] * gap * gap / Math.Pow(means[i], power);
        }
        double? dispersion = freedom > 0 ? pearson / freedom : null;
        double? factor = power == 1 ? 1 : dispersion;
        var errors = options.Penalty == 0 && best.Converged && factor is { } f
            ? design.Errors(LeastSquares.Scaled(Information(columns, table, means, power).Inverse(), f), kept)
            : null;
        return new(model, solved[1..], errors, aliased, deviance / scale, dispersion, best.Iterations, best.Converged);
    }

    /// <summary>Σ w·μ^(2−p)·z·zᵀ, ready to be solved with.</summary>
    private static PositiveDefinite Information(Matrix columns, TrainingTable table, double[] means, double power)
    {
        var information = new Matrix(columns.Columns, columns.Columns);
        for (int i = 0; i < means.Length; i++)
            ScaledAdd.OuterProduct(information.Values, table.Weights[i] * Math.Pow(means[i], 2 - power), columns.Row(i));
        return NewtonMinimiser.Factor(information);
    }

    private static void Check(TrainingTable table, TweedieOptions options)
    {
        if (!(options.Power is >= 1 and <= 2))
            throw new ArgumentOutOfRangeException(nameof(options), options.Power, "The power must be 1 … 2.");
        if (!(options.Penalty >= 0 && double.IsFinite(options.Penalty)))
            throw new ArgumentOutOfRangeException(nameof(options), options.Penalty, "The penalty must be 0 or above.");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxIterations, 1, nameof(options));
        int row = Array.FindIndex(table.Targets, y => y < 0 || (y == 0 && options.Power == 2));
        if (row >= 0)
            throw new ArgumentException($"The target of row {row} is {table.Targets[row]}; for power {options.Power} it must be {(options.Power == 2 ? "above 0" : "0 or more")}.");
        if (table.WeightedMean(y => y) <= 0)
            throw new ArgumentException("All targets are 0: there is nothing to fit.");
    }
}
