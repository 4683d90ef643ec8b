namespace Clientele.Learning;

public sealed record ElasticNetOptions
{
    /// <summary>α &gt; 0 in Σw·(y − ŷ)²/(2Σw) + α·ρ·‖β‖₁ + ½·α·(1−ρ)·‖β‖², β per standard deviation of the column; the intercept is free.</summary>
    public double Penalty { get; init; } = 1;
    /// <summary>ρ, above 0 … 1; 1 is the lasso. For 0 there is <see cref="Ridge"/>.</summary>
    public double AbsoluteShare { get; init; } = 1;
    /// <summary>Passes over the columns, ≥ 1.</summary>
    public int MaxPasses { get; init; } = 100_000;
}

/// <param name="Standardised">One per column: change of the prediction when the column rises by one standard deviation; exactly 0 for a column left out.</param>
/// <param name="Gap">Duality gap, ≥ 0 but for rounding: the objective is at most this far above its least value.</param>
public sealed record ElasticNetFit(LinearModel Model, IReadOnlyList<double> Standardised, double Gap, int Passes, bool Converged);

/// <summary>Least squares that leaves columns out. Source: Zou &amp; Hastie (2005), JRSS B 67(2); coordinate descent of Friedman, Hastie &amp; Tibshirani (2010), J. Statistical Software 33(1), §2.</summary>
public static class ElasticNet
{
    /// <param name="rows">n × d, finite; may be rank-deficient, d may exceed n.</param>
    /// <param name="targets">n, finite.</param>
    /// <param name="weights">n, ≥ 0; null: 1 each. Weight 2 is the row twice.</param>
    /// <exception cref="NotFiniteException">Names row and column; the target counts as column d, the weight as d + 1.</exception>
    public static ElasticNetFit Fit(
        Matrix rows, IReadOnlyList<double> targets, ElasticNetOptions? options = null, IReadOnlyList<double>? weights = null, CancellationToken cancel = default)
    {
        options ??= new();
        if (!(options.Penalty > 0 && double.IsFinite(options.Penalty)))
            throw new ArgumentOutOfRangeException(nameof(options), options.Penalty, "The penalty must be above 0.");
        if (!(options.AbsoluteShare is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(options), options.AbsoluteShare, "The absolute share must be above 0 and at most 1.");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxPasses, 1, nameof(options));
        var table = TrainingTable.Of(rows, targets, weights);
        var design = Design.Of(table);
        double mean = table.WeightedMean(y => y);
        var moments = Moments.Of(design, mean);
        double first = options.Penalty * options.AbsoluteShare, second = options.Penalty - first;
        var solved = new double[design.Columns];
        int pass = 0;
        for (bool moved = true; moved && pass < options.MaxPasses; pass++)
        {
            cancel.ThrowIfCancellationRequested();
            moved = Pass(moments, solved, first, second);
            if (!moved)
                return new(design.Model([mean, .. solved]), solved, moments.Gap(solved, first, second), pass + 1, true);
        }
        return new(design.Model([mean, .. solved]), solved, moments.Gap(solved, first, second), pass, false);
    }

    /// <summary>Every coefficient in turn to its best value beside the others. True while one still moves.</summary>
    private static bool Pass(Moments moments, double[] solved, double first, double second)
    {
        double furthest = 0, largest = 0;
        for (int j = 0; j < solved.Length; j++)
        {
            double own = moments.Products[j, j];
            if (own == 0)
                continue;       // a column that does not vary
            double pull = moments.Slope(solved, j) + own * solved[j];
            double better = Math.CopySign(Math.Max(Math.Abs(pull) - first, 0), pull) / (own + second);
            furthest = Math.Max(furthest, Math.Abs(better - solved[j]));
            largest = Math.Max(largest, Math.Abs(better));
            solved[j] = better;
        }
        return furthest > 1e-13 * largest;
    }

    /// <summary>All that the descent needs of the rows: means of products of z-scores with each other and with the centred target.</summary>
    private sealed record Moments(Matrix Products, double[] WithTarget, double OfTarget)
    {
        public static Moments Of(Design design, double mean)
        {
            int d = design.Columns;
            var products = new Matrix(d, d);
            var withTarget = new double[d];
            double ofTarget = 0;
            for (int i = 0; i < design.Rows.Rows; i++)
            {
                ReadOnlySpan<double> z = design.Rows.Row(i)[1..];
                double weight = design.Table.Weights[i] / design.Table.TotalWeight, y = design.Table.Targets[i] - mean;
                ScaledAdd.OuterProduct(products.Values, weight, z);
                ScaledAdd.Run(withTarget, weight * y, z);
                ofTarget += weight * y * y;
            }
            for (int i = 0; i < d; i++)
                for (int j = 0; j < i; j++)
                    products[i, j] = products[j, i];
            return new(products, withTarget, ofTarget);
        }

        /// <summary>Mean product of column j with the residual.</summary>
        public double Slope(double[] solved, int j)
        {
            double slope = WithTarget[j];
            var row = Products.Row(j);
            for (int k = 0; k < solved.Length; k++)
                slope -= row[k] * solved[k];
            return slope;
        }

        // The residual, scaled until it is allowed in the dual problem, gives a lower bound of the objective.
        public double Gap(double[] solved, double first, double second)
        {
            double residual = OfTarget, overlap = OfTarget, steepest = 0, absolute = 0, squares = 0;
            for (int j = 0; j < solved.Length; j++)
            {
                double slope = Slope(solved, j);
                residual -= solved[j] * (WithTarget[j] + slope);
                overlap -= solved[j] * WithTarget[j];
                steepest = Math.Max(steepest, Math.Abs(slope - second * solved[j]));
                absolute += Math.Abs(solved[j]);
                squares += solved[j] * solved[j];
            }
            double scale = steepest > first ? first / steepest : 1;
            return (1 + scale * scale) * (residual + second * squares) / 2 + first * absolute - scale * overlap;
        }
    }
}
