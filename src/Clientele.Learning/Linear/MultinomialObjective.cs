namespace Clientele.Learning;

/// <summary>Σ −w·ln p(own class) + ½·penalty·‖β‖² of K linear predictors, one per class, with gradient and curvature.</summary>
/// <remarks>
/// Adding a constant to a coefficient of all classes changes nothing. The curvature is stiffened along those directions, so that every step, and with it
/// the solution, sums to 0 over classes; under a penalty the least value does so of itself (intercepts apart).
/// </remarks>
internal sealed class MultinomialObjective
{
    private readonly Design design;
    private readonly Matrix rows;
    private readonly int[] labels;
    private readonly int classes;
    private readonly double penalty;
    private readonly ChunkedSum sum;

    /// <param name="rows">n × q design columns, the first of ones.</param>
    public MultinomialObjective(Design design, Matrix rows, int[] labels, int classes, double penalty, int threads)
    {
        (this.design, this.rows, this.labels, this.classes, this.penalty) = (design, rows, labels, classes, penalty);
        int q = rows.Columns;
        sum = new(rows.Rows, 1 + classes * q + classes * (classes + 1) / 2 * q * q, threads);
    }

    /// <returns>K × q coefficients, class after class.</returns>
    public NewtonMinimiser Minimise(int maxIterations, CancellationToken cancel) => NewtonMinimiser.Run(
        (at, gradient, curvature) => Evaluate(at.ToArray(), gradient, curvature, cancel), new double[classes * rows.Columns], maxIterations, cancel);

    private double Evaluate(double[] at, Span<double> gradient, Matrix curvature, CancellationToken cancel)
    {
        int q = rows.Columns;
        double[] total = sum.Run((from, to, sums) => Add(at, from, to, sums), cancel);
        double value = total[0], stiffness = design.Table.TotalWeight / (classes * classes);
        total.AsSpan(1, at.Length).CopyTo(gradient);
        int block = 1 + at.Length;
        for (int k = 0; k < classes; k++)
            for (int l = k; l < classes; l++, block += q * q)
                for (int i = 0; i < q; i++)
                    for (int j = 0; j < q; j++)
                        curvature[k * q + i, l * q + j] = total[block + Math.Min(i, j) * q + Math.Max(i, j)] + (i == j ? stiffness : 0);
        for (int index = 0; index < at.Length; index++)
            if (index % q != 0)
            {
                value += penalty / 2 * at[index] * at[index];
                gradient[index] += penalty * at[index];
                curvature[index, index] += penalty;
            }
        return value;
    }

    private void Add(double[] at, int from, int to, double[] sums)
    {
        int q = rows.Columns;
        var shares = new double[classes];
        for (int i = from; i < to; i++)
        {
            ReadOnlySpan<double> z = rows.Row(i);
            double weight = design.Table.Weights[i];
            for (int k = 0; k < classes; k++)
            {
                shares[k] = 0;
                for (int j = 0; j < q; j++)
                    shares[k] += at[k * q + j] * z[j];
            }
            double own = shares[labels[i]];
            sums[0] += weight * (Softmax.Run(shares) - own);
            int block = 1 + at.Length;
            for (int k = 0; k < classes; k++)
            {
                ScaledAdd.Run(sums.AsSpan(1 + k * q, q), weight * (shares[k] - (labels[i] == k ? 1 : 0)), z);
                for (int l = k; l < classes; l++, block += q * q)
                    ScaledAdd.OuterProduct(sums.AsSpan(block, q * q), weight * shares[k] * ((k == l ? 1 : 0) - shares[l]), z);
            }
        }
    }
}
