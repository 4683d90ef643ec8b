using System.Text.Json.Serialization;

namespace Clientele.Learning;

/// <summary>A fitted model of buying and leaving. Plain data: it survives JSON to the bit. Every answer is about one customer alone and does not depend on who else is asked about.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "law")]
[JsonDerivedType(typeof(Nbd), "nbd")]
[JsonDerivedType(typeof(BgNbd), "bg-nbd")]
[JsonDerivedType(typeof(MbgNbd), "mbg-nbd")]
[JsonDerivedType(typeof(ParetoNbd), "pareto-nbd")]
public interface IPurchaseModel
{
    /// <summary>The probability that the customer will ever be able to buy again, 0 … 1; 0 below 1e-300.</summary>
    double ProbabilityAlive(PurchaseHistory history);

    /// <summary>E[Y(t)] of a customer who is alive at the cut-off, ≥ 0. Depends on x and T, not on t_x.</summary>
    /// <param name="horizon">t ≥ 0, in the unit of the history.</param>
    double ExpectedWhileAlive(PurchaseHistory history, double horizon);

    /// <summary>E[X(t)], repeat purchases of a customer nothing is known of in the time t from the first purchase.</summary>
    double ExpectedOfNewcomer(double horizon);

    /// <summary>The exact law of Y(t).</summary>
    PurchaseLaw Law(PurchaseHistory history, double horizon);

    /// <summary>Expected purchases of a customer alive from the cut-off on without end, each discounted by e^{−δ·(time until it)}. Depends on x and T, not on t_x.</summary>
    /// <param name="rate">δ &gt; 0, continuous, per unit of time: ln(1+d) for a yearly rate d and times in years.</param>
    double DiscountedWhileAlive(PurchaseHistory history, double rate);
}

/// <summary>What follows from a model's basic answers.</summary>
public static class PurchaseModelExtensions
{
    /// <summary>E[Y(t) | x, t_x, T]: the mean number of purchases in the horizon. It minimises the squared error; the median of <see cref="IPurchaseModel.Law"/> the absolute.</summary>
    public static double ExpectedPurchases(this IPurchaseModel model, PurchaseHistory history, double horizon)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegative(horizon);
        double alive = model.ProbabilityAlive(history);
        return alive == 0 ? 0 : alive * model.ExpectedWhileAlive(history, horizon);
    }

    /// <summary>Discounted expected residual purchases without end (DERT).</summary>
    /// <param name="rate">δ &gt; 0, continuous, per unit of time.</param>
    public static double DiscountedWithoutEnd(this IPurchaseModel model, PurchaseHistory history, double rate)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        double alive = model.ProbabilityAlive(history);
        return alive == 0 ? 0 : alive * model.DiscountedWhileAlive(history, rate);
    }

    /// <summary>Discounted expected purchases within the horizon (DET).</summary>
    /// <param name="rate">δ ≥ 0, continuous, per unit of time.</param>
    public static double DiscountedPurchases(this IPurchaseModel model, PurchaseHistory history, double rate, double horizon)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfNegative(horizon);
        double alive = model.ProbabilityAlive(history);
        return alive == 0 ? 0 : alive * model.DiscountedWhileAlive(history, rate, horizon);
    }

    /// <summary>e^{−δH}E[Y(H)] + δ∫₀ᴴ e^{−δt}E[Y(t)]dt of a customer alive.</summary>
    /// <remarks>Gauss and Legendre, 32 nodes on each of three pieces of ln(1 + t/(H·10⁻⁹)), in which E[Y(t)] is smooth on whatever scale the customer buys and leaves.</remarks>
    internal static double DiscountedWhileAlive(this IPurchaseModel model, PurchaseHistory history, double rate, double horizon)
    {
        if (horizon == 0)
            return 0;
        const int pieces = 3;
        double grain = 1e-9 * horizon, reach = Math.Log(1 + 1e9), sum = Math.Exp(-rate * horizon) * model.ExpectedWhileAlive(history, horizon);
        for (int piece = 0; piece < pieces && rate > 0; piece++)
            foreach (var (node, weight) in GaussRule.Of32.Places.Zip(GaussRule.Of32.Weights))
            {
                double time = grain * Elementary.ExpMinusOne(reach * (piece + node) / pieces);
                sum += weight * reach / pieces * (grain + time) * rate * Math.Exp(-rate * time) * model.ExpectedWhileAlive(history, time);
            }
        return sum;
    }
}
