namespace Clientele.Learning;

/// <summary>Intercept + Σ coefficient·value.</summary>
/// <param name="Coefficients">One per column, in units of the target per unit of the column.</param>
public sealed record LinearModel(double Intercept, IReadOnlyList<double> Coefficients)
{
    /// <param name="rows">n × the columns it was fitted on, finite.</param>
    /// <returns>n predictions. A row's does not depend on the rows beside it.</returns>
    public double[] Predict(Matrix rows)
    {
        NotFiniteException.Refuse(rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Columns, Coefficients.Count, nameof(rows));
        double[] coefficients = [.. Coefficients], predictions = new double[rows.Rows];
        for (int i = 0; i < predictions.Length; i++)
        {
            double sum = Intercept;
            var row = rows.Row(i);
            for (int j = 0; j < row.Length; j++)
                sum += coefficients[j] * row[j];
            predictions[i] = sum;
        }
        return predictions;
    }
}
