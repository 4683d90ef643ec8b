using Clientele.Features;
using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>What was known of one customer at a cut-off: all that a model looks at.</summary>
/// <param name="Cutoff">First day that is not known.</param>
/// <param name="History">Repeat purchase days x, days from the first purchase day to the last t_x and to the cut-off T.</param>
/// <param name="RepeatValue">Mean spend of the repeat purchase days; 0 without one.</param>
/// <param name="Features"><see cref="LifetimeFeature.All"/>, finite.</param>
public sealed record CustomerPast(string Customer, DateOnly Cutoff, PurchaseHistory History, double RepeatValue, IReadOnlyList<double> Features)
{
    /// <summary>What must be known of a customer whose orders are not: <see cref="LifetimeFeature.All"/> and the mean spend of repeat purchase days.</summary>
    public static IReadOnlyList<LifetimeFeature> Named { get; } =
        [.. LifetimeFeature.All, new("repeat_value", "spend of a repeat purchase day", "money", "mean spend of all purchase days but the first, 0 without one")];

    private const double MostDays = 50_000;

    private static readonly int Recency = LifetimeFeature.IndexOf("recency_days"), Tenure = LifetimeFeature.IndexOf("tenure_days"), Days = LifetimeFeature.IndexOf("purchase_days");

    /// <summary>Of raw order lines, to the bit what a snapshot of all customers says.</summary>
    /// <returns>Null: who only returned things is no customer yet.</returns>
    public static CustomerPast? Of(string customer, CustomerOrders orders)
    {
        ArgumentNullException.ThrowIfNull(orders);
        return PurchaseFacts.Of(customer, orders.Lines, orders.Cutoff) is { } facts ? Of(facts, orders.Cutoff) : null;
    }

    /// <summary>Of numbers that were reckoned elsewhere.</summary>
    /// <param name="named">As <see cref="Named"/>, finite.</param>
    /// <param name="problems">Is told what contradicts itself, and of which of <see cref="Named"/>.</param>
    /// <returns>Null: something does.</returns>
    public static CustomerPast? Of(string customer, DateOnly cutoff, IReadOnlyList<double> named, Action<int, string> problems)
    {
        ArgumentNullException.ThrowIfNull(named);
        ArgumentNullException.ThrowIfNull(problems);
        bool sound = true;
        Check(Recency, named[Recency] is >= 1 and <= MostDays, $"This must lie between 1 and {MostDays:0}.");
        Check(Tenure, named[Tenure] >= named[Recency] && named[Tenure] <= MostDays, $"This must lie between recency_days and {MostDays:0}.");
        double between = named[Tenure] - named[Recency];
        Check(Days, named[Days] == Math.Floor(named[Days]) && (between == 0 ? named[Days] == 1 : named[Days] >= 2 && named[Days] <= between + 1),
            "This must be a whole number: 1 where recency_days is tenure_days, else 2 or more, and no more than there are days from the first purchase to the last.");
        return sound ? new(customer, cutoff, new((int)named[Days] - 1, named[Tenure] - named[Recency], named[Tenure]), named[^1], [.. named.Take(LifetimeFeature.All.Count)]) : null;

        void Check(int feature, bool holds, string otherwise)
        {
            if (!holds)
                problems(feature, otherwise);
            sound &= holds;
        }
    }

    /// <summary>Of exact sums; here alone ratios of them are taken.</summary>
    internal static CustomerPast Of(PurchaseFacts facts, DateOnly cutoff)
    {
        var (first, last, days, gapSum, gapSquares) = (facts.FirstAge, facts.LastAge, facts.Days, facts.GapSum, facts.GapSquares);
        long gaps = days - 1;
        double gap = gaps == 0 ? first : (double)gapSum / gaps;
        return new(
            facts.Customer, cutoff, new((int)gaps, first - last, first), gaps == 0 ? 0 : (double)(facts.Spend - facts.FirstSpend) / gaps,
            [
                last, first, facts.Orders, days, facts.Months, gap,
                gaps < 2 ? 0 : Math.Sqrt((double)(gaps * gapSquares - gapSum * gapSum) / (gaps * (gaps - 1.0))), last / gap,
                (double)facts.Spend, (double)facts.Spend / facts.Orders, (double)facts.Largest,
                .. facts.WindowOrders.Select(orders => (double)orders), .. facts.WindowSpend.Select(spend => (double)spend),
            ]);
    }
}
