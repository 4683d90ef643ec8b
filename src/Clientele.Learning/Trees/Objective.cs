namespace Clientele.Learning;

/// <summary>A loss as a booster needs it: raw scores f in, gradient and hessian out. Formulas: docs/learning/gradient-boosting.md.</summary>
/// <param name="target">n, checked by <see cref="Targets"/>.</param>
/// <param name="weights">n, or empty: all 1.</param>
internal abstract class Objective(double[] target, double[] weights)
{
    protected double[] Target { get; } = target;

    public double[] Weights { get; } = weights;

    /// <summary>Raw scores per row.</summary>
    public virtual int Outputs => 1;

    /// <summary>A leaf takes a value of its own from its rows, in place of −G/(H+λ).</summary>
    public virtual bool RefitsLeaves => false;

    /// <summary>That value.</summary>
    public virtual double LeafValue(double[] raw, ReadOnlySpan<int> rows) => throw new NotSupportedException("This loss takes −G/(H+λ).");

    /// <summary>The best constant raw score per output, from these rows.</summary>
    public abstract double[] Start(ReadOnlySpan<int> rows);

    /// <summary>Gradients and hessians of rows first … end−1, unweighted.</summary>
    /// <param name="raw">Outputs × n, as <paramref name="gradients"/> and <paramref name="hessians"/>.</param>
    public abstract void Derive(double[] raw, int first, int end, double[] gradients, double[] hessians);

    /// <summary>The loss of one row, unweighted.</summary>
    public abstract double Loss(double[] raw, int row);

    public double Weight(int row) => Weights.Length == 0 ? 1 : Weights[row];

    protected double WeightedMean(ReadOnlySpan<int> rows, Func<double, double> of)
    {
        double sum = 0, weight = 0;
        foreach (int i in rows)
        {
            sum += Weight(i) * of(Target[i]);
            weight += Weight(i);
        }
        return sum / weight;
    }

    public static Objective For(TreeLoss loss, double[] target, double[] weights) => loss.Kind switch
    {
        TreeLossKind.Squared => new SquaredObjective(target, weights),
        TreeLossKind.Poisson => new TweedieObjective(target, weights, 1),
        TreeLossKind.Gamma => new TweedieObjective(target, weights, 2),
        TreeLossKind.Tweedie => new TweedieObjective(target, weights, loss.Parameter),
        TreeLossKind.Quantile => new QuantileObjective(target, weights, loss.Parameter),
        TreeLossKind.Logistic => new LogisticObjective(target, weights),
        TreeLossKind.Softmax => new SoftmaxObjective(target, weights, (int)loss.Parameter),
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss.Kind, "Unknown loss."),
    };
}

internal sealed class SquaredObjective(double[] target, double[] weights) : Objective(target, weights)
{
    public override double[] Start(ReadOnlySpan<int> rows) => [WeightedMean(rows, y => y)];

    public override void Derive(double[] raw, int first, int end, double[] gradients, double[] hessians)
    {
        for (int i = first; i < end; i++)
            (gradients[i], hessians[i]) = (raw[i] - Target[i], 1);
    }

    public override double Loss(double[] raw, int row) => (raw[row] - Target[row]) * (raw[row] - Target[row]);
}

/// <summary>Pinball loss. Its hessian is 0: splits are found with 1, then each leaf takes its residuals' quantile.</summary>
internal sealed class QuantileObjective(double[] target, double[] weights, double level) : Objective(target, weights)
{
    public override bool RefitsLeaves => true;

    public override double[] Start(ReadOnlySpan<int> rows)
    {
        var values = new double[rows.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = Target[rows[i]];
        return [WeightedQuantile.Of(values, rows, this, level)];
    }

    public override double LeafValue(double[] raw, ReadOnlySpan<int> rows)
    {
        var residuals = new double[rows.Length];
        for (int i = 0; i < residuals.Length; i++)
            residuals[i] = Target[rows[i]] - raw[rows[i]];
        return WeightedQuantile.Of(residuals, rows, this, level);
    }

    public override void Derive(double[] raw, int first, int end, double[] gradients, double[] hessians)
    {
        for (int i = first; i < end; i++)
            (gradients[i], hessians[i]) = ((Target[i] < raw[i] ? 1 : 0) - level, 1);
    }

    public override double Loss(double[] raw, int row)
    {
        double over = Target[row] - raw[row];
        return over * (over < 0 ? level - 1 : level);
    }
}
