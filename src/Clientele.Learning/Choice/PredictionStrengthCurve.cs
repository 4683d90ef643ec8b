namespace Clientele.Learning;

/// <summary>Prediction strength at every k.</summary>
/// <param name="Means">0 … 1 over splits and both directions, k = 1 (always 1) first.</param>
/// <param name="Errors">Their standard errors.</param>
public sealed record PredictionStrengthCurve(IReadOnlyList<double> Means, IReadOnlyList<double> Errors)
{
    /// <summary>The largest k whose strength reaches <paramref name="least"/> within a standard error; 1: none does. The source advises .8 … .9.</summary>
    public int Pick(double least = 0.8) => 1 + Enumerable.Range(0, Means.Count).Last(k => k == 0 || Means[k] + Errors[k] >= least);
}
