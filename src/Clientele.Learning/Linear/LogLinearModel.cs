namespace Clientele.Learning;

/// <summary>exp(predictor): a mean that is always above 0, every column a factor on it.</summary>
/// <param name="Predictor">Of the logarithm of the mean; exp(coefficient) is the factor per unit of the column.</param>
public sealed record LogLinearModel(LinearModel Predictor)
{
    /// <param name="rows">n × the columns it was fitted on, finite.</param>
    /// <returns>n means, &gt; 0. Far outside the training rows they grow beyond all bounds.</returns>
    public double[] Predict(Matrix rows)
    {
        double[] means = Predictor.Predict(rows);
        for (int i = 0; i < means.Length; i++)
            means[i] = Math.Exp(means[i]);
        return means;
    }
}
