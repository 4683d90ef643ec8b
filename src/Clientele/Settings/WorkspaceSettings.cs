using System.Text.Json.Serialization;

namespace Clientele.Settings;

/// <summary>All that <c>clientele.yaml</c> says, checked and with defaults filled in.</summary>
public sealed record WorkspaceSettings
{
    /// <summary>What the shop is called in reports.</summary>
    public string Name { get; init; } = "Shop";
    /// <summary>ISO 4217 code shown beside money, such as GBP. Empty: none is shown.</summary>
    public string Currency { get; init; } = "";
    public required IReadOnlyList<SourceSettings> Sources { get; init; }
    public required ColumnMapping Columns { get; init; }
    public QuarantineSettings Quarantine { get; init; } = new();
    public CleaningSettings Cleaning { get; init; } = new();
    public FeatureSettings Features { get; init; } = new();
    public OutlierSettings Outliers { get; init; } = new();
    public PreparationSettings Preparation { get; init; } = new();
    public SegmentationSettings Segmentation { get; init; } = new();
    /// <summary>Null: customers are not valued.</summary>
    public LifetimeSettings? Lifetime { get; init; } = new();
    /// <summary>Same seed, same inputs: same bytes.</summary>
    public ulong Seed { get; init; } = 42;
    public OutputSettings Outputs { get; init; } = new();
    /// <summary><c>embedded</c>, or the address of a ClickHouse server: <c>http://user@host:8123/db</c>.</summary>
    public string Engine { get; init; } = "embedded";
    /// <summary>A PostgreSQL database for runs and models, or a file; empty: <c>clientele.db</c> in the workspace. Where a run is remembered is no part of what it is, so it is not kept with models.</summary>
    [JsonIgnore]
    public string Store { get; init; } = "";
    /// <summary>Where files of models are, and of runs too: <c>s3://bucket/prefix</c>, or a folder; empty: <c>objects/</c> in the workspace, and files of runs in their folders alone. No part of what a run is, either.</summary>
    [JsonIgnore]
    public string Artifacts { get; init; } = "";
    /// <summary>How much the service takes, and from whom; not kept with models either.</summary>
    [JsonIgnore]
    public ServeSettings Serve { get; init; } = new();
    /// <summary>Nor is where else it is told of.</summary>
    [JsonIgnore]
    public TrackingSettings Tracking { get; init; } = new();
    /// <summary>What is tried again, and how long a run may take; no part of what it is, either.</summary>
    [JsonIgnore]
    public RunSettings Run { get; init; } = new();
    /// <summary>Who is told what happened; no part of what a run is.</summary>
    [JsonIgnore]
    public IReadOnlyList<AlertSettings> Alerts { get; init; } = [];
    /// <summary>Whether a new model that passes the gates becomes the champion by itself; no part of what a run is.</summary>
    [JsonIgnore]
    public bool PromotesItself { get; init; }
    [JsonIgnore]
    public GateSettings Gates { get; init; } = new();
    /// <summary>When customers count as drifted; no part of what a run is.</summary>
    [JsonIgnore]
    public DriftSettings Drift { get; init; } = new();
}
