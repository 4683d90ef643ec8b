namespace Clientele.Lifetime;

/// <summary>
/// How likely a customer is to stay away, in three bands of the chance of a purchase in the window, with edges at a third and two thirds. Not of P(alive):
/// where orders show no leaving for good that is 1 for everybody, and no one can ever see whether it was right. Whether a customer bought can be seen.
/// </summary>
public enum ChurnRisk
{
    /// <summary>Buys with a chance ≥ .66.</summary>
    Low,
    /// <summary>.33 … .66.</summary>
    Medium,
    /// <summary>Below .33.</summary>
    High,
}

/// <summary>The bands of <see cref="ChurnRisk"/>.</summary>
public static class ChurnRisks
{
    /// <summary>A chance below this: high risk.</summary>
    public const double High = 0.33;
    /// <summary>A chance from this on: low risk.</summary>
    public const double Low = 0.66;

    /// <param name="buys">Chance of a purchase in the window.</param>
    public static ChurnRisk Of(double buys) => buys >= Low ? ChurnRisk.Low : buys >= High ? ChurnRisk.Medium : ChurnRisk.High;
}
