using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>
/// What was known of the customers at a cut-off, and what they did in the window after it. Customers ascend by id; only those who had bought are here.
/// Days are counted; several orders of one day are one purchase (Fader, Hardie &amp; Lee 2005, Marketing Science 24(2), §2).
/// </summary>
/// <param name="Cutoff">First day that is not known.</param>
/// <param name="Until">First day after the window.</param>
/// <param name="Customers">n ids.</param>
/// <param name="Histories">n: repeat purchase days x, days from the first purchase day to the last t_x and to the cut-off T, in days; t_x ≤ T − 1.</param>
/// <param name="RepeatValue">Mean spend of the repeat purchase days; 0 without one.</param>
/// <param name="Features">n × <see cref="LifetimeFeature.All"/>, finite.</param>
/// <param name="TargetDays">Purchase days in the window.</param>
/// <param name="TargetSpend">Exact spend in the window, returns subtracted: may be negative. Zeros where the window is empty.</param>
public sealed record LifetimeSnapshot(
    DateOnly Cutoff, DateOnly Until, IReadOnlyList<string> Customers,
    PurchaseHistories Histories, double[] RepeatValue, Matrix Features, double[] TargetDays, IReadOnlyList<decimal> TargetSpend)
{
    /// <summary>Days of the window.</summary>
    public int HorizonDays => Until.DayNumber - Cutoff.DayNumber;

    /// <summary>How busy the window is against the average day of the year, as it was a year before, growth taken off: 1 as ever, or not known yet.</summary>
    public double Season { get; init; } = 1;

    /// <summary>Days of the window, a busy one counting more.</summary>
    public double SeasonalDays => HorizonDays * Season;

    /// <summary>Of customers, as they were known at the cut-off: nothing in the window.</summary>
    public static LifetimeSnapshot Of(DateOnly cutoff, DateOnly until, double season, IReadOnlyList<CustomerPast> customers) => new(
        cutoff, until, [.. customers.Select(past => past.Customer)],
        new([.. customers.Select(past => past.History.Frequency)], [.. customers.Select(past => past.History.Recency)], [.. customers.Select(past => past.History.Tenure)]),
        [.. customers.Select(past => past.RepeatValue)], new(customers.Count, LifetimeFeature.All.Count, [.. customers.SelectMany(past => past.Features)]),
        new double[customers.Count], new decimal[customers.Count])
    {
        Season = season,
    };

    /// <summary>n targets as numbers.</summary>
    public double[] Spend() => [.. TargetSpend.Select(value => (double)value)];

    /// <summary>These customers only, in this order.</summary>
    public LifetimeSnapshot Take(IReadOnlyList<int> rows) => this with
    {
        Customers = [.. rows.Select(i => Customers[i])],
        Histories = new([.. rows.Select(i => Histories.Frequency[i])], [.. rows.Select(i => Histories.Recency[i])], [.. rows.Select(i => Histories.Tenure[i])]),
        RepeatValue = [.. rows.Select(i => RepeatValue[i])],
        Features = Features.Take(rows),
        TargetDays = [.. rows.Select(i => TargetDays[i])],
        TargetSpend = [.. rows.Select(i => TargetSpend[i])],
    };

    /// <summary>As it was known at the cut-off: nothing in the window.</summary>
    public LifetimeSnapshot WithoutTargets() => this with { TargetDays = new double[Customers.Count], TargetSpend = new decimal[Customers.Count] };
}
