namespace Clientele.Learning;

/// <summary>
/// What the solvers see: a column of ones, then every column as z-scores (weighted mean and population deviation of the training rows).
/// Penalties so mean the same for every column, and what is solved is well scaled whatever the units.
/// </summary>
/// <param name="Rows">n × (1 + columns).</param>
/// <param name="Means">One per column.</param>
/// <param name="Scales">One per column, &gt; 0; 1 for a column that does not vary (its z-scores are 0).</param>
internal sealed record Design(TrainingTable Table, Matrix Rows, double[] Means, double[] Scales)
{
    public int Columns => Means.Length;

    public static Design Of(TrainingTable table)
    {
        int n = table.Rows.Rows, d = table.Rows.Columns;
        double[] means = new double[d], scales = new double[d];
        for (int i = 0; i < n; i++)
            ScaledAdd.Run(means, table.Weights[i] / table.TotalWeight, table.Rows.Row(i));
        for (int i = 0; i < n; i++)
        {
            var row = table.Rows.Row(i);
            for (int j = 0; j < d; j++)
                scales[j] += table.Weights[i] / table.TotalWeight * (row[j] - means[j]) * (row[j] - means[j]);
        }
        var rows = new Matrix(n, d + 1);
        var constant = new bool[d];
        for (int j = 0; j < d; j++)
        {
            double deviation = Math.Sqrt(scales[j]);
            constant[j] = deviation <= 1e-14 * Math.Abs(means[j]);
            scales[j] = constant[j] ? 1 : deviation;
        }
        for (int i = 0; i < n; i++)
        {
            Span<double> from = table.Rows.Row(i), to = rows.Row(i);
            to[0] = 1;
            for (int j = 0; j < d; j++)
                to[j + 1] = constant[j] ? 0 : (from[j] - means[j]) / scales[j];
        }
        return new(table, rows, means, scales);
    }

    /// <summary>Columns of √w·rows, each an array of its own, with room for more rows below.</summary>
    public double[][] WeightedColumns(int extra = 0)
    {
        var columns = new double[Columns + 1][];
        for (int j = 0; j < columns.Length; j++)
        {
            columns[j] = new double[Rows.Rows + extra];
            for (int i = 0; i < Rows.Rows; i++)
                columns[j][i] = Math.Sqrt(Table.Weights[i]) * Rows[i, j];
        }
        return columns;
    }

    /// <summary>√w·targets, with room for more rows below.</summary>
    public double[] WeightedTargets(int extra = 0)
    {
        var targets = new double[Rows.Rows + extra];
        for (int i = 0; i < Rows.Rows; i++)
            targets[i] = Math.Sqrt(Table.Weights[i]) * Table.Targets[i];
        return targets;
    }

    /// <summary>Solved coefficients, intercept first, in the units of the rows given.</summary>
    public LinearModel Model(ReadOnlySpan<double> solved)
    {
        var coefficients = new double[Columns];
        double intercept = solved[0];
        for (int j = 0; j < Columns; j++)
        {
            coefficients[j] = solved[j + 1] / Scales[j];
            intercept -= coefficients[j] * Means[j];
        }
        return new(intercept, coefficients);
    }

    /// <summary>Standard errors in the units of the rows given.</summary>
    /// <param name="covariance">Of the solved coefficients of these design columns, intercept first.</param>
    /// <param name="kept">Ascending design columns the covariance is of, 0 first.</param>
    public StandardErrors Errors(Matrix covariance, IReadOnlyList<int> kept)
    {
        var errors = new double?[Columns];
        var direction = new double[kept.Count];     // of the intercept: 1, then −mean/scale
        for (int k = 0; k < kept.Count; k++)
        {
            int j = kept[k] - 1;
            direction[k] = j < 0 ? 1 : -Means[j] / Scales[j];
            if (j >= 0)
                errors[j] = Math.Sqrt(Math.Max(0, covariance[k, k])) / Scales[j];
        }
        double variance = 0;
        for (int a = 0; a < direction.Length; a++)
            for (int b = 0; b < direction.Length; b++)
                variance += direction[a] * covariance[a, b] * direction[b];
        return new(Math.Sqrt(Math.Max(0, variance)), errors);
    }

    /// <summary>Design columns that carry something of their own; all of them under a penalty, which needs no such choice.</summary>
    public (IReadOnlyList<int> Kept, IReadOnlyList<int> Aliased) Independent(double penalty, CancellationToken cancel)
    {
        if (penalty > 0)
            return ([.. Enumerable.Range(0, Columns + 1)], []);
        var qr = HouseholderQr.Of(WeightedColumns(), cancel);
        return (qr.Kept, [.. qr.Aliased.Select(j => j - 1)]);
    }

    /// <summary>Coefficients of all design columns from those of the kept ones; 0 for the rest.</summary>
    public double[] Spread(ReadOnlySpan<double> solved, IReadOnlyList<int> kept)
    {
        var all = new double[Columns + 1];
        for (int k = 0; k < kept.Count; k++)
            all[kept[k]] = solved[k];
        return all;
    }
}
