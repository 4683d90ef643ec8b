using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>
/// System 002's model <c>clv_6m_linear</c>: least squares on the z-scores of the nine columns of <c>clv_9_published</c>. Kept so that its published
/// answers can be given again; the contest knows better ones.
/// </summary>
/// <param name="Scaling">Means and population standard deviations of the training part.</param>
/// <param name="Coefficients">Nine, per standard deviation.</param>
public sealed record PublishedModel(StandardScalerState Scaling, double Intercept, IReadOnlyList<double> Coefficients)
{
    /// <summary>As it was published.</summary>
    public const string Name = "clv_6m_linear";

    /// <summary>Names of the nine columns, in their order.</summary>
    public static IReadOnlyList<string> Columns { get; } = [.. Features.FeatureSets.Clv9Published.Columns.Select(column => column.Feature.Name)];

    /// <param name="rows">n × 9, in the order of the set.</param>
    /// <param name="spend">n, spend of the six months after the cut-off.</param>
    public static PublishedModel Fit(Matrix rows, IReadOnlyList<double> spend)
    {
        var scaling = StandardScaler.Fit(rows);
        var fit = LeastSquares.Fit(scaling.Transform(rows), spend);
        return new(scaling, fit.Model.Intercept, fit.Model.Coefficients);
    }

    /// <summary>As the model says it, below 0 too.</summary>
    public double[] Raw(Matrix rows) => new LinearModel(Intercept, Coefficients).Predict(Scaling.Transform(rows));

    /// <summary>As the published service answers: no spend below 0.</summary>
    public double[] Predict(Matrix rows) => [.. Raw(rows).Select(value => Math.Max(0, value))];
}
