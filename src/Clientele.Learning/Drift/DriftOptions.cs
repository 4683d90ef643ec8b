namespace Clientele.Learning;

public sealed record DriftOptions
{
    /// <summary>This test for every column; null: <see cref="DriftRule"/> chooses.</summary>
    public DriftTest? Test { get; init; }
    /// <summary>A p-value below (for Kolmogorov–Smirnov: up to) this is drift, 0 … 1.</summary>
    public double Significance { get; init; } = 0.05;
    /// <summary>A distance from this on is drift, &gt; 0.</summary>
    public double Distance { get; init; } = 0.1;
    /// <summary>Above this many reference rows distances judge, not tests. <see cref="int.MaxValue"/>: always tests, whose false alarms do not grow as the current sample shrinks.</summary>
    public int LargeReference { get; init; } = 1000;
    /// <summary>From this share of drifted columns on the table has drifted, 0 … 1.</summary>
    public double ShareOfColumns { get; init; } = 0.5;
    /// <summary>In a table, p-values are adjusted for the number of tests (Benjamini–Hochberg) before they are judged.</summary>
    public bool ControlFalseDiscoveries { get; init; } = true;

    internal void Require()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Significance);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Significance, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Distance);
        ArgumentOutOfRangeException.ThrowIfNegative(LargeReference);
        ArgumentOutOfRangeException.ThrowIfNegative(ShareOfColumns);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ShareOfColumns, 1);
    }
}
