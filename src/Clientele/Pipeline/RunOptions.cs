using Clientele.Artifacts;
using Clientele.Settings;
using Clientele.Tracking;

namespace Clientele.Pipeline;

/// <summary>What a caller may say about a run that the workspace does not.</summary>
public sealed record RunOptions
{
    public RunMode Mode { get; init; }
    /// <summary>Reference date in place of the workspace's <c>features: as_of</c>; lines on that day count no more. Null: as the workspace says.</summary>
    public DateOnly? AsOf { get; init; }
    /// <summary>Id of the run that this one is part of.</summary>
    public string? Parent { get; init; }
    /// <summary>Labels for the store.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
    /// <summary>A run that was planned and is claimed, as <see cref="Schedules.ScheduleBook.ClaimNext"/> gives it; null: a new one. It is ended here, and disposed of by whom it belongs to.</summary>
    public HeldRun? Held { get; init; }
    /// <summary>In place of the workspace's seed.</summary>
    public ulong? Seed { get; init; }
    /// <summary>Threads to compute with; 0: all cores. The result does not depend on it.</summary>
    public int Threads { get; init; }
    public const string FirstStep = IngestStep.StepName;

    /// <summary>This step and all after it are done whatever is in the cache; null: only what must be.</summary>
    public string? FreshFrom { get; init; }
    /// <summary>In place of what the workspace says: the settings of the run that this one takes up.</summary>
    internal WorkspaceSettings? Recorded { get; init; }
    /// <summary>Id of that run.</summary>
    internal string? Resumes { get; init; }
    /// <summary>How everything durable is written.</summary>
    internal DurableFiles Files { get; init; } = new();

    /// <summary>Of the training that drift sets off: a run of its own.</summary>
    internal RunOptions After(ScoreResult drifted) => this with
    {
        Mode = RunMode.Train,
        Held = null,
        Tags = new Dictionary<string, string>(Tags) { ["trigger"] = "drift", ["triggered_by"] = drifted.Id },
    };

    internal WorkspaceSettings SettingsOf(string workspace)
    {
        var file = SettingsFile.Load(workspace);
        var settings = Recorded is { } recorded ? recorded with { Store = file.Store, Artifacts = file.Artifacts, Run = file.Run, Alerts = file.Alerts, PromotesItself = file.PromotesItself, Gates = file.Gates, Drift = file.Drift, Tracking = file.Tracking } : file;
        if (Seed is { } seed)
            settings = settings with { Seed = seed };
        return AsOf is { } day ? settings with { Features = settings.Features with { AsOf = day } } : settings;
    }
}
