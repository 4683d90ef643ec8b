namespace Clientele.Learning;

/// <summary>Probabilities of K classes from linear predictors.</summary>
/// <param name="Intercepts">One for two classes (of class 1 against class 0), else K, summing to 0.</param>
/// <param name="Coefficients">1 × d for two classes, else K × d: change of the log odds per unit of the column.</param>
public sealed record LogisticModel(IReadOnlyList<double> Intercepts, Matrix Coefficients)
{
    /// <param name="rows">n × d, finite.</param>
    /// <returns>n × K, every row summing to 1.</returns>
    public Matrix Probabilities(Matrix rows)
    {
        double[][] predictors = [.. Enumerable.Range(0, Intercepts.Count).Select(k => new LinearModel(Intercepts[k], Coefficients.Row(k).ToArray()).Predict(rows))];
        int classes = Math.Max(2, predictors.Length);
        var probabilities = new Matrix(rows.Rows, classes);
        for (int i = 0; i < rows.Rows; i++)
        {
            var row = probabilities.Row(i);
            if (predictors.Length == 1)
                (row[0], row[1]) = (Softmax.Logistic(-predictors[0][i]), Softmax.Logistic(predictors[0][i]));
            else
            {
                for (int k = 0; k < classes; k++)
                    row[k] = predictors[k][i];
                Softmax.Run(row);
            }
        }
        return probabilities;
    }
}
