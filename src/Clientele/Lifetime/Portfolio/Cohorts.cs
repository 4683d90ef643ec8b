using Clientele.Engines;

namespace Clientele.Lifetime;

/// <summary>Customers who first bought in one month.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Active">How many bought in that month and in each after it, up to the last of the data.</param>
/// <param name="Spend">What they spent in each, returns subtracted.</param>
public sealed record Cohort(DateOnly Month, IReadOnlyList<long> Active, IReadOnlyList<decimal> Spend)
{
    public long Customers => Active[0];

    /// <summary>Share of the cohort that bought in a month, 0 … 1.</summary>
    public double Retention(int age) => Active[age] / (double)Customers;

    /// <summary>What was spent up to and with a month, per customer of the cohort.</summary>
    public decimal CumulativeValue(int age) => Spend.Take(age + 1).Sum() / Customers;
}

/// <summary>The cohort triangle: who stayed, and what they brought. Source: Fader &amp; Hardie (2017), "Exploring the Distribution of Customer Lifetime Value", on first-purchase cohorts.</summary>
public static class Cohorts
{
    private static readonly Sql Query = new("Lifetime/Portfolio/cohorts.sql");

    /// <summary>Ascending by month; months in which nobody came first are left out.</summary>
    /// <param name="work">The engine that holds <c>purchase_days</c>.</param>
    /// <param name="cutoff">First day that is not known.</param>
    public static async Task<IReadOnlyList<Cohort>> Of(EngineClient work, DateOnly cutoff, CancellationToken cancel = default)
    {
        var cells = new List<(int Month, int Age, long Active, decimal Spend)>();
        await foreach (bool _ in work.Query(Query, row =>
        {
            cells.Add(((int)row.ReadInt64(), (int)row.ReadInt64(), row.ReadInt64(), row.ReadDecimal128(4)));
            return true;
        }, new SqlParameters().Add("cutoff", cutoff), cancel))
        {
        }
        var last = cutoff.AddDays(-1);
        return
        [
            .. cells.GroupBy(cell => cell.Month).Select(cohort =>
            {
                int ages = 12 * last.Year + last.Month - cohort.Key;
                var (active, spend) = (new long[ages], new decimal[ages]);
                foreach (var cell in cohort)
                    (active[cell.Age], spend[cell.Age]) = (cell.Active, cell.Spend);
                return new Cohort(new(cohort.Key / 12, cohort.Key % 12 + 1, 1), active, spend);
            }),
        ];
    }
}
