using System.Text.Json.Serialization;

namespace Clientele.Lifetime;

/// <summary>A fitted way to value customers, whatever learned it. Plain data: it survives JSON to the bit. A customer's answer does not depend on who stands beside.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ConstantModel), "constant")]
[JsonDerivedType(typeof(PastSpendModel), "past-spend")]
[JsonDerivedType(typeof(PastRateModel), "past-rate")]
[JsonDerivedType(typeof(PurchaseModel), "purchases")]
[JsonDerivedType(typeof(LinearValueModel), "linear")]
[JsonDerivedType(typeof(LogRidgeModel), "log-ridge")]
[JsonDerivedType(typeof(ForestModel), "forest")]
[JsonDerivedType(typeof(BoostedModel), "boosted")]
[JsonDerivedType(typeof(TwoPartModel), "two-part")]
[JsonDerivedType(typeof(BlendModel), "blend")]
public interface IValueModel
{
    /// <summary>What the customers of a snapshot will spend in its window. Targets are not looked at.</summary>
    /// <param name="threads">At most this many; 0: all cores.</param>
    Forecast Value(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default);

    /// <summary>Why the mean forecast is what it is.</summary>
    /// <param name="threads">At most this many; 0: all cores.</param>
    ValueContributions Explain(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default);
}
