namespace Clientele.Learning;

public sealed record ConformalOptions
{
    /// <summary>1 − α: the share of new customers whose actual value the interval shall hold, above 0, below 1.</summary>
    public double Coverage { get; init; } = .8;
    /// <summary>Of a group with fewer calibration rows than this, intervals are those of all rows together, ≥ 1. At 200 rows the true coverage still strays by ± 3 points.</summary>
    public int LeastGroupRows { get; init; } = 200;
    /// <summary>No interval reaches below this: 0 for spend and counts. Null: no such limit.</summary>
    public double? Floor { get; init; }
}
