namespace Clientele.Lifetime;

/// <summary>Buy-till-you-die models of repeat purchases. Pareto/NBD is left out: on the shops at hand it says the same, and its exact medians take twenty times as long.</summary>
public enum PurchaseLawName
{
    BgNbd,
    MbgNbd,
}
