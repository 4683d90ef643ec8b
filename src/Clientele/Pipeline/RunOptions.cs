using Clientele.Artifacts;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>What a caller may say about a run that the workspace does not.</summary>
public sealed record RunOptions
{
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

    internal WorkspaceSettings SettingsOf(string workspace)
    {
        var settings = Recorded ?? SettingsFile.Load(workspace);
        return Seed is { } seed ? settings with { Seed = seed } : settings;
    }
}
