namespace Clientele.Learning;

/// <param name="Labels">Of every row the component it most probably came from.</param>
/// <param name="LogLikelihood">Natural logarithm, summed over the rows.</param>
/// <param name="Iterations">Of the start that was kept.</param>
/// <param name="Converged">False: stopped by <see cref="GaussianMixtureOptions.MaxIterations"/>.</param>
public sealed record GaussianMixtureFit(GaussianMixtureModel Model, IReadOnlyList<int> Labels, double LogLikelihood, int Iterations, bool Converged)
{
    /// <summary>−2ℓ + p ln n (Schwarz 1978). Lower is better.</summary>
    public double Bic => Model.Parameters * Math.Log(Labels.Count) - 2 * LogLikelihood;

    /// <summary>−2ℓ + 2p (Akaike 1974). Lower is better.</summary>
    public double Aic => 2.0 * Model.Parameters - 2 * LogLikelihood;
}

/// <param name="Finished">Starts finished, of <paramref name="Restarts"/>.</param>
/// <param name="LogLikelihood">The greatest so far.</param>
public sealed record GaussianMixtureProgress(int Finished, int Restarts, double LogLikelihood);
