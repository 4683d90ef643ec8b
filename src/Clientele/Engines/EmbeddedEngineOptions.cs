namespace Clientele.Engines;

/// <summary>How the embedded engine is started.</summary>
public sealed record EmbeddedEngineOptions
{
    /// <summary>For all queries together, bytes; null: nine tenths of the machine's memory. A query beyond it fails with code 241.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>For one query; null: one for each core.</summary>
    public int? Threads { get; init; }
}
