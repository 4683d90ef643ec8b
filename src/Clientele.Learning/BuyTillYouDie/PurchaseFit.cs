namespace Clientele.Learning;

/// <summary>A model fitted by maximum likelihood.</summary>
/// <param name="Estimates">The parameters in the order of the model.</param>
/// <param name="LogLikelihood">At the estimates; nothing left out, given the first purchase.</param>
/// <param name="Score">The largest derivative of the log-likelihood by the logarithm of a parameter; ≤ 1e-6 at an optimum.</param>
/// <param name="Covariance">Of the estimates, from the curvature at the optimum; null where that says nothing (see the warnings).</param>
/// <param name="Customers">How many were fitted.</param>
/// <param name="Warnings">What to know before trusting it; empty as a rule.</param>
public sealed record PurchaseFit<TModel>(
    TModel Model, IReadOnlyList<Estimate> Estimates, double LogLikelihood, double Score, Matrix? Covariance, int Customers, IReadOnlyList<FitWarning> Warnings)
{
    /// <summary>The standard error of any function of the parameters, by the delta method with central differences; null where there are none.</summary>
    /// <param name="function">Of the parameters, in the order of <see cref="Estimates"/>.</param>
    public double? StandardErrorOf(Func<double[], double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (Covariance is null)
            return null;
        double[] at = [.. Estimates.Select(estimate => estimate.Value)], slope = new double[at.Length];
        for (int i = 0; i < at.Length; i++)
        {
            double step = 1e-5 * Math.Max(Math.Abs(at[i]), 1e-3), middle = at[i];
            at[i] = middle + step;
            double above = function(at);
            at[i] = middle - step;
            slope[i] = (above - function(at)) / (2 * step);
            at[i] = middle;
        }
        double variance = 0;
        for (int i = 0; i < at.Length; i++)
            for (int j = 0; j < at.Length; j++)
                variance += slope[i] * Covariance[i, j] * slope[j];
        return Math.Sqrt(variance);
    }
}

/// <param name="StandardError">Null where the curvature says nothing.</param>
/// <param name="Positive">Can only be above 0; false for coefficients of covariates.</param>
public sealed record Estimate(string Name, double Value, double? StandardError, bool Positive)
{
    /// <summary>Value ± z standard errors, on the logarithm of a positive parameter; null without a standard error.</summary>
    /// <param name="z">1.96 for 95 %.</param>
    public (double Lower, double Upper)? Interval(double z = 1.959963984540054) => StandardError is not { } error ? null
        : Positive ? (Value * Math.Exp(-z * error / Value), Value * Math.Exp(z * error / Value))
        : (Value - z * error, Value + z * error);
}

/// <summary>What is doubtful about a fit.</summary>
public enum FitWarningKind
{
    /// <summary>A parameter went to where it means nothing (0 or ∞ for all purposes): the data do not hold what it describes.</summary>
    Runaway,
    /// <summary>Parameters can change tenfold together and the likelihood hardly falls: predictions hold, single parameters and standard errors do not.</summary>
    FlatRidge,
    /// <summary>Starts of the search ended in different places; the best is kept.</summary>
    StartsDiffer,
    /// <summary>The search ended before the score was 0.</summary>
    NotConverged,
    /// <summary>Nobody bought again.</summary>
    NoRepeatPurchases,
    /// <summary>Frequent buyers spend otherwise than rare ones; the spend model takes the two for independent.</summary>
    SpendDependsOnFrequency,
    /// <summary>The mean over customers is infinite; medians are not.</summary>
    InfiniteMean,
    /// <summary>The covariates of leaving were left out, because with them the fit ran away.</summary>
    CovariatesLeftOut,
}

/// <param name="What">One sentence, with figures.</param>
public sealed record FitWarning(FitWarningKind Kind, string What);
