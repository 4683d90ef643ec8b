namespace Clientele.Learning;

/// <summary>Σ w·loss(y, η) + ½·penalty·‖β‖² of one linear predictor η, with its gradient and curvature; the first coefficient, the intercept, is free.</summary>
internal sealed class PredictorObjective
{
    /// <summary>Loss of one row, its first and second derivative by the predictor.</summary>
    public delegate (double Loss, double Slope, double Bend) RowLoss(double target, double predictor);

    private readonly Matrix rows;
    private readonly TrainingTable table;
    private readonly RowLoss loss;
    private readonly double penalty;
    private readonly ChunkedSum sum;

    /// <param name="rows">n × p design columns, the first of ones.</param>
    public PredictorObjective(Matrix rows, TrainingTable table, RowLoss loss, double penalty, int threads)
    {
        (this.rows, this.table, this.loss, this.penalty) = (rows, table, loss, penalty);
        sum = new(rows.Rows, 1 + rows.Columns + rows.Columns * rows.Columns, threads);
    }

    public NewtonMinimiser Minimise(double intercept, int maxIterations, CancellationToken cancel)
    {
        var start = new double[rows.Columns];
        start[0] = intercept;
        return NewtonMinimiser.Run((at, gradient, curvature) => Evaluate(at.ToArray(), gradient, curvature, cancel), start, maxIterations, cancel);
    }

    private double Evaluate(double[] at, Span<double> gradient, Matrix curvature, CancellationToken cancel)
    {
        int p = at.Length;
        double[] total = sum.Run((from, to, sums) => Add(at, from, to, sums), cancel);
        double value = total[0];
        total.AsSpan(1, p).CopyTo(gradient);
        total.AsSpan(1 + p).CopyTo(curvature.Values);
        for (int j = 1; j < p; j++)
        {
            value += penalty / 2 * at[j] * at[j];
            gradient[j] += penalty * at[j];
            curvature[j, j] += penalty;
        }
        return value;
    }

    private void Add(double[] at, int from, int to, double[] sums)
    {
        int p = at.Length;
        for (int i = from; i < to; i++)
        {
            ReadOnlySpan<double> z = rows.Row(i);
            double predictor = 0, weight = table.Weights[i];
            for (int j = 0; j < p; j++)
                predictor += at[j] * z[j];
            var (value, slope, bend) = loss(table.Targets[i], predictor);
            sums[0] += weight * value;
            ScaledAdd.Run(sums.AsSpan(1, p), weight * slope, z);
            ScaledAdd.OuterProduct(sums.AsSpan(1 + p), weight * bend, z);
        }
    }
}
