namespace Clientele.Learning;

/// <summary>Whether the parameters a fuller model has beyond a nested one describe the data or their noise.</summary>
/// <param name="Statistic">2Δ log-likelihood, χ² of so many degrees of freedom where the nested model is true.</param>
/// <param name="PValue">The chance of as much or more if it is.</param>
public sealed record LikelihoodRatio(double Statistic, double PValue)
{
    /// <param name="parameters">How many more the fuller model has, ≥ 1.</param>
    public static LikelihoodRatio Of(double fuller, double nested, int parameters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters, 1);
        double statistic = Math.Max(0, 2 * (fuller - nested));
        return new(statistic, IncompleteGamma.Upper(parameters / 2.0, statistic / 2));
    }
}
