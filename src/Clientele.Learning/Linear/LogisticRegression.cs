namespace Clientele.Learning;

public sealed record LogisticOptions
{
    /// <summary>λ ≥ 0 in Σ −w·ln p(own class) + ½·λ·‖β‖², β per standard deviation of the column; intercepts are free. 1/λ is what others call C.</summary>
    public double Penalty { get; init; } = 1;
    /// <summary>Newton steps, ≥ 1.</summary>
    public int MaxIterations { get; init; } = 100;
    /// <summary>At most this many threads; 0: all cores. Not seen in the result.</summary>
    public int Threads { get; init; }
}

/// <param name="Standardised">As the model's coefficients, per standard deviation of the column.</param>
/// <param name="Errors">Of two classes without a penalty; else null (a drawn-in estimate has no such error).</param>
/// <param name="Aliased">Columns (from 0, ascending) that do not vary or are combinations of columns before them: their coefficient is 0. None under a penalty.</param>
/// <param name="LogLoss">Weighted mean of −ln p(own class) over the training rows.</param>
/// <param name="Converged">False also where the classes can be told apart without error and there is no penalty: the best coefficients are then infinite.</param>
public sealed record LogisticFit(
    LogisticModel Model, Matrix Standardised, StandardErrors? Errors, IReadOnlyList<int> Aliased, double LogLoss, int Iterations, bool Converged);

/// <summary>
/// Probabilities of classes from linear predictors: of two classes one predictor, of more one per class (multinomial).
/// Source: Hastie, Tibshirani &amp; Friedman, The Elements of Statistical Learning, §4.4; Newton's method there too.
/// </summary>
public static class LogisticRegression
{
    /// <param name="rows">n × d, finite.</param>
    /// <param name="labels">n, 0 … K−1, every one of them in use, K ≥ 2.</param>
    /// <param name="weights">n, ≥ 0; null: 1 each. Weight 2 is the row twice.</param>
    /// <exception cref="NotFiniteException">Names row and column; the weight counts as column d + 1.</exception>
    public static LogisticFit Fit(
        Matrix rows, IReadOnlyList<int> labels, LogisticOptions? options = null, IReadOnlyList<double>? weights = null, CancellationToken cancel = default)
    {
        options ??= new();
        ArgumentNullException.ThrowIfNull(labels);
        if (!(options.Penalty >= 0 && double.IsFinite(options.Penalty)))
            throw new ArgumentOutOfRangeException(nameof(options), options.Penalty, "The penalty must be 0 or above.");
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxIterations, 1, nameof(options));
        var table = TrainingTable.Of(rows, [.. labels.Select(label => (double)label)], weights);
        double[] shares = Shares(labels, table);
        var design = Design.Of(table);
        var (kept, aliased) = design.Independent(options.Penalty, cancel);
        Matrix columns = aliased.Count == 0 ? design.Rows : design.Rows.TakeColumns(kept);
        return shares.Length == 2
            ? Binary(design, columns, kept, aliased, shares, options, cancel)
            : Multinomial(design, columns, kept, aliased, [.. labels], shares.Length, options, cancel);
    }

    /// <summary>Loss, slope and curvature of one row of label 0 or 1.</summary>
    internal static (double Loss, double Slope, double Bend) RowLoss(double label, double predictor)
    {
        double p = Softmax.Logistic(predictor), against = label == 0 ? predictor : -predictor;
        return (Math.Max(against, 0) + Elementary.LogOnePlus(Math.Exp(-Math.Abs(against))), p - label, p * Softmax.Logistic(-predictor));
    }

    private static LogisticFit Binary(
        Design design, Matrix columns, IReadOnlyList<int> kept, IReadOnlyList<int> aliased, double[] shares, LogisticOptions options, CancellationToken cancel)
    {
        var best = new PredictorObjective(columns, design.Table, RowLoss, options.Penalty, options.Threads)
            .Minimise(Math.Log(shares[1] / shares[0]), options.MaxIterations, cancel);
        double[] solved = design.Spread(best.At, kept);
        var errors = options.Penalty == 0 && best.Converged ? design.Errors(NewtonMinimiser.Factor(best.Curvature).Inverse(), kept) : null;
        return Result(design, [solved], errors, aliased, best, options.Penalty);
    }

    private static LogisticFit Multinomial(
        Design design, Matrix columns, IReadOnlyList<int> kept, IReadOnlyList<int> aliased, int[] labels, int classes, LogisticOptions options, CancellationToken cancel)
    {
        var best = new MultinomialObjective(design, columns, labels, classes, options.Penalty, options.Threads).Minimise(options.MaxIterations, cancel);
        int q = kept.Count;
        double[][] solved = [.. Enumerable.Range(0, classes).Select(k => design.Spread(best.At.AsSpan(k * q, q), kept))];
        return Result(design, solved, null, aliased, best, options.Penalty);
    }

    private static LogisticFit Result(
        Design design, double[][] solved, StandardErrors? errors, IReadOnlyList<int> aliased, NewtonMinimiser best, double penalty)
    {
        LinearModel[] predictors = [.. solved.Select(coefficients => design.Model(coefficients))];
        var standardised = new Matrix(solved.Length, design.Columns, [.. solved.SelectMany(coefficients => coefficients.Skip(1))]);
        double drawn = penalty / 2 * standardised.Values.Sum(value => value * value);
        return new(
            new([.. predictors.Select(predictor => predictor.Intercept)], new(solved.Length, design.Columns, [.. predictors.SelectMany(predictor => predictor.Coefficients)])),
            standardised, errors, aliased, (best.Value - drawn) / design.Table.TotalWeight, best.Iterations, best.Converged);
    }

    /// <summary>Weighted share of every class.</summary>
    private static double[] Shares(IReadOnlyList<int> labels, TrainingTable table)
    {
        int least = labels.Min(), classes = labels.Max() + 1;
        if (least < 0)
            throw new ArgumentException($"A label is {least}; labels count from 0.", nameof(labels));
        if (classes < 2)
            throw new ArgumentException("All labels are 0; there must be two classes or more.", nameof(labels));
        var shares = new double[classes];
        for (int i = 0; i < labels.Count; i++)
            shares[labels[i]] += table.Weights[i] / table.TotalWeight;
        int unused = Array.FindIndex(shares, share => share <= 0);
        return unused < 0 ? shares : throw new ArgumentException($"No row has label {unused}; labels are 0 … {classes - 1} without gaps.", nameof(labels));
    }
}
