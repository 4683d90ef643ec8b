namespace Clientele.Lifetime;

/// <summary>How likely a customer has left for good, in three bands of P(alive) with edges at a third and two thirds.</summary>
public enum ChurnRisk
{
    /// <summary>P(alive) ≥ .66.</summary>
    Low,
    /// <summary>P(alive) .33 … .66.</summary>
    Medium,
    /// <summary>P(alive) below .33.</summary>
    High,
}

/// <summary>The bands of <see cref="ChurnRisk"/>.</summary>
public static class ChurnRisks
{
    /// <summary>P(alive) below this: high risk.</summary>
    public const double High = 0.33;
    /// <summary>P(alive) from this on: low risk.</summary>
    public const double Low = 0.66;

    public static ChurnRisk Of(double alive) => alive >= Low ? ChurnRisk.Low : alive >= High ? ChurnRisk.Medium : ChurnRisk.High;
}
