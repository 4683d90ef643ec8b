namespace Clientele.Learning;

/// <summary>
/// Σ w·[ln(y·σ·√2π) + (ln y − μ)²/(2σ²)] + ½·penalty·‖β‖² of the predictors μ and s, σ = ln(1 + eˢ), with gradient and expected curvature
/// (Fisher scoring: μ and s do not touch in expectation, and both parts are positive definite).
/// </summary>
internal sealed class LogNormalObjective
{
    private readonly Matrix rows;
    private readonly TrainingTable logs;
    private readonly double penalty;
    private readonly ChunkedSum sum;

    /// <param name="rows">n × q design columns, the first of ones.</param>
    /// <param name="logs">Targets are ln amount.</param>
    public LogNormalObjective(Matrix rows, TrainingTable logs, double penalty, int threads)
    {
        (this.rows, this.logs, this.penalty) = (rows, logs, penalty);
        int q = rows.Columns;
        sum = new(rows.Rows, 1 + 2 * q + 2 * q * q, threads);
    }

    /// <returns>q coefficients of μ, then q of s.</returns>
    public NewtonMinimiser Minimise(double location, double spread, int maxIterations, CancellationToken cancel)
    {
        var start = new double[2 * rows.Columns];
        (start[0], start[rows.Columns]) = (location, spread);
        return NewtonMinimiser.Run((at, gradient, curvature) => Evaluate(at.ToArray(), gradient, curvature, cancel), start, maxIterations, cancel);
    }

    private double Evaluate(double[] at, Span<double> gradient, Matrix curvature, CancellationToken cancel)
    {
        int q = rows.Columns;
        double[] total = sum.Run((from, to, sums) => Add(at, from, to, sums), cancel);
        double value = total[0];
        total.AsSpan(1, 2 * q).CopyTo(gradient);
        for (int part = 0; part < 2; part++)
            for (int i = 0; i < q; i++)
                total.AsSpan(1 + 2 * q + part * q * q + i * q, q).CopyTo(curvature.Row(part * q + i)[(part * q)..]);
        for (int j = 0; j < at.Length; j++)
            if (j % q != 0)
            {
                value += penalty / 2 * at[j] * at[j];
                gradient[j] += penalty * at[j];
                curvature[j, j] += penalty;
            }
        return value;
    }

    private void Add(double[] at, int from, int to, double[] sums)
    {
        int q = rows.Columns;
        for (int i = from; i < to; i++)
        {
            ReadOnlySpan<double> z = rows.Row(i);
            double mu = 0, s = 0, weight = logs.Weights[i];
            for (int j = 0; j < q; j++)
            {
                mu += at[j] * z[j];
                s += at[q + j] * z[j];
            }
            double sigma = LogNormalAmount.DeviationOf(s), relative = Softmax.Logistic(s) / sigma, gap = (logs.Targets[i] - mu) / sigma;
            sums[0] += weight * LogNormalAmount.Loss(logs.Targets[i], mu, sigma);
            ScaledAdd.Run(sums.AsSpan(1, q), -weight * gap / sigma, z);
            ScaledAdd.Run(sums.AsSpan(1 + q, q), weight * relative * (1 - gap * gap), z);
            ScaledAdd.OuterProduct(sums.AsSpan(1 + 2 * q, q * q), weight / (sigma * sigma), z);
            ScaledAdd.OuterProduct(sums.AsSpan(1 + 2 * q + q * q, q * q), 2 * weight * relative * relative, z);
        }
    }
}
