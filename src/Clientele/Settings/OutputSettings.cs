namespace Clientele.Settings;

/// <summary>What a run leaves behind besides its ledger, manifest and model.</summary>
public sealed record OutputSettings
{
    public bool Csv { get; init; } = true;
    public bool Parquet { get; init; } = true;
    public bool Report { get; init; } = true;
    /// <summary>Next-best products per customer; 0: none.</summary>
    public int Recommendations { get; init; } = 3;
}
