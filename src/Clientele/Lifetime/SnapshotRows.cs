using Clientele.Engines;

namespace Clientele.Lifetime;

/// <summary>Rows of <c>snapshot.sql</c> as they come, until they are taken as a snapshot.</summary>
internal sealed class SnapshotRows(DateOnly cutoff, DateOnly until, double season)
{
    private const int Windows = 4;

    private readonly List<string> customers = [];
    private readonly List<decimal> target = [];
    private readonly List<int> frequency = [];
    private readonly List<double> recency = [], tenure = [], repeatValue = [], features = [], targetDays = [];

    public int Count => customers.Count;

    /// <summary>Reads one row.</summary>
    /// <returns>True.</returns>
    public bool Read(RowBinaryReader row)
    {
        customers.Add(row.ReadString());
        (long first, long last, long days, long orders, long months) = (row.ReadInt64(), row.ReadInt64(), row.ReadInt64(), row.ReadInt64(), row.ReadInt64());
        (long gapSum, long gapSquares, long gaps) = (row.ReadInt64(), row.ReadInt64(), days - 1);
        (decimal spend, decimal firstSpend, decimal largest) = (row.ReadDecimal128(4), row.ReadDecimal128(4), row.ReadDecimal128(4));
        frequency.Add((int)gaps);
        recency.Add(first - last);
        tenure.Add(first);
        repeatValue.Add(gaps == 0 ? 0 : (double)(spend - firstSpend) / gaps);
        double gap = gaps == 0 ? first : (double)gapSum / gaps;
        features.AddRange([last, first, orders, days, months, gap]);
        features.AddRange([gaps < 2 ? 0 : Math.Sqrt((double)(gaps * gapSquares - gapSum * gapSum) / (gaps * (gaps - 1.0))), last / gap]);
        features.AddRange([(double)spend, (double)spend / orders, (double)largest]);
        for (int window = 0; window < Windows; window++)
            features.Add(row.ReadInt64());
        for (int window = 0; window < Windows; window++)
            features.Add((double)row.ReadDecimal128(4));
        targetDays.Add(row.ReadInt64());
        target.Add(row.ReadDecimal128(4));
        return true;
    }

    /// <summary>The rows read since the last time.</summary>
    public LifetimeSnapshot Take()
    {
        var snapshot = new LifetimeSnapshot(
            cutoff, until, [.. customers], new([.. frequency], [.. recency], [.. tenure]), [.. repeatValue], new(customers.Count, LifetimeFeature.All.Count, [.. features]), [.. targetDays], [.. target])
        {
            Season = season,
        };
        customers.Clear();
        target.Clear();
        frequency.Clear();
        foreach (var column in (ReadOnlySpan<List<double>>)[recency, tenure, repeatValue, features, targetDays])
            column.Clear();
        return snapshot;
    }
}
