using Clientele.Engines;

namespace Clientele.Lifetime;

/// <summary>The days that customers bought on, in the engine: snapshots of any cut-off are taken of them.</summary>
public static class PurchaseDays
{
    private static readonly Sql Fill = new("Lifetime/purchase_days.sql");
    private static readonly Sql Snapshot = new("Lifetime/snapshot.sql");
    private static readonly Sql Season = new("Lifetime/season.sql");

    /// <summary>Makes <c>purchase_days</c> of <c>orders</c>.</summary>
    /// <param name="work">The engine that holds <c>orders</c>.</param>
    public static async Task Gather(EngineClient work, CancellationToken cancel = default)
    {
        await work.Execute(Sql.Text("DROP TABLE IF EXISTS purchase_days"), cancel: cancel);
        await work.Execute(Sql.Text("CREATE TABLE purchase_days (customer String, day Date, orders UInt32, spend Decimal(38, 4)) ENGINE = Memory"), cancel: cancel);
        await work.Execute(Fill, cancel: cancel);
    }

    /// <summary>One row for each customer who had bought before <paramref name="cutoff"/>.</summary>
    /// <param name="work">The engine that holds <c>purchase_days</c>.</param>
    /// <param name="until">First day after the window; equal to the cut-off for no window.</param>
    /// <param name="sample">Who is looked at; null: everybody.</param>
    public static async Task<LifetimeSnapshot> At(EngineClient work, DateOnly cutoff, DateOnly until, CustomerSample? sample = null, CancellationToken cancel = default)
    {
        var customers = new List<string>();
        var target = new List<decimal>();
        var frequency = new List<int>();
        List<double> recency = [], tenure = [], repeatValue = [], features = [], targetDays = [];
        var parameters = new SqlParameters().Add("cutoff", cutoff).Add("until", until).Add("most_hash", (sample ?? CustomerSample.Everybody).MostHash);
        await foreach (bool _ in work.Query(Snapshot, Read, parameters, cancel))
        {
        }
        return new(
            cutoff, until, customers, new([.. frequency], [.. recency], [.. tenure]), [.. repeatValue],
            new(customers.Count, LifetimeFeature.All.Count, [.. features]), [.. targetDays], target)
        {
            Season = await SeasonOf(work, cutoff, until.DayNumber - cutoff.DayNumber, cancel),
        };

        bool Read(RowBinaryReader row)
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
            for (int window = 0; window < 4; window++)
                features.Add(row.ReadInt64());
            for (int window = 0; window < 4; window++)
                features.Add((double)row.ReadDecimal128(4));
            targetDays.Add(row.ReadInt64());
            target.Add(row.ReadDecimal128(4));
            return true;
        }
    }

    private static async Task<double> SeasonOf(EngineClient work, DateOnly cutoff, int days, CancellationToken cancel)
    {
        var parameters = new SqlParameters().Add("cutoff", cutoff).Add("days", (long)days);
        var (oldest, year, ofWindow) = await work.Query(Season, row => (row.ReadInt64(), row.ReadInt64(), row.ReadInt64()), parameters, cancel).FirstAsync(cancel);
        return LifetimeSnapshot.SeasonOf(oldest, year, ofWindow, days);
    }
}
