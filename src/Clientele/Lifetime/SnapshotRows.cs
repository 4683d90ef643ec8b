using Clientele.Engines;

namespace Clientele.Lifetime;

/// <summary>Rows of <c>snapshot.sql</c> as they come, until they are taken as a snapshot.</summary>
internal sealed class SnapshotRows(DateOnly cutoff, DateOnly until, double season)
{
    private readonly List<CustomerPast> customers = [];
    private readonly List<double> targetDays = [];
    private readonly List<decimal> target = [];

    public int Count => customers.Count;

    /// <summary>Reads one row.</summary>
    /// <returns>True.</returns>
    public bool Read(RowBinaryReader row)
    {
        customers.Add(CustomerPast.Of(PurchaseFacts.Read(row), cutoff));
        targetDays.Add(row.ReadInt64());
        target.Add(row.ReadDecimal128(4));
        return true;
    }

    /// <summary>The rows read since the last time.</summary>
    public LifetimeSnapshot Take()
    {
        var snapshot = LifetimeSnapshot.Of(cutoff, until, season, customers) with { TargetDays = [.. targetDays], TargetSpend = [.. target] };
        customers.Clear();
        targetDays.Clear();
        target.Clear();
        return snapshot;
    }
}
