namespace Clientele.Learning;

/// <summary>A log-likelihood in the logarithms of its positive parameters (coefficients of covariates stand as they are).</summary>
internal interface ILikelihood
{
    int Parameters { get; }

    /// <summary>Number of observations: what the log-likelihood grows with.</summary>
    double Weight { get; }

    /// <param name="at">k logarithms.</param>
    /// <param name="gradient">k out.</param>
    double Evaluate(ReadOnlySpan<double> at, Span<double> gradient);
}
