namespace Clientele.Learning;

/// <param name="Mean">One per input column.</param>
/// <param name="Components">Kept components × input columns: unit loadings, largest variance first, each with its largest loading positive.</param>
/// <param name="Variances">Of the kept components, with n−1.</param>
/// <param name="Shares">Of the total variance, 0 … 1.</param>
public sealed record PcaState(IReadOnlyList<double> Mean, Matrix Components, IReadOnlyList<double> Variances, IReadOnlyList<double> Shares) : IInvertibleTransform
{
    /// <returns>n × kept components: scores.</returns>
    public Matrix Transform(Matrix rows)
    {
        NotFiniteException.Refuse(rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Columns, Mean.Count, nameof(rows));
        var scores = new Matrix(rows.Rows, Components.Rows);
        double[] mean = [.. Mean], centred = new double[mean.Length];
        for (int i = 0; i < rows.Rows; i++)
        {
            var row = rows.Row(i);
            for (int j = 0; j < mean.Length; j++)
                centred[j] = row[j] - mean[j];
            for (int c = 0; c < Components.Rows; c++)
            {
                var loadings = Components.Row(c);
                double score = 0;
                for (int j = 0; j < mean.Length; j++)
                    score += centred[j] * loadings[j];
                scores[i, c] = score;
            }
        }
        return scores;
    }

    /// <returns>n × input columns: the points of the kept components' plane that have these scores. What other components held is gone.</returns>
    public Matrix Invert(Matrix rows)
    {
        NotFiniteException.Refuse(rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Columns, Components.Rows, nameof(rows));
        var points = new Matrix(rows.Rows, Mean.Count);
        double[] mean = [.. Mean];
        for (int i = 0; i < rows.Rows; i++)
        {
            var point = points.Row(i);
            for (int c = 0; c < Components.Rows; c++)
            {
                double score = rows[i, c];
                var loadings = Components.Row(c);
                for (int j = 0; j < point.Length; j++)
                    point[j] += score * loadings[j];
            }
            for (int j = 0; j < point.Length; j++)
                point[j] += mean[j];
        }
        return points;
    }
}
