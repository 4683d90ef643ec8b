namespace Clientele.Tracking;

/// <summary>A run to be.</summary>
public sealed record NewRun
{
    /// <summary>The group that it belongs to; made when it is the first.</summary>
    public string Experiment { get; init; } = "training";
    /// <summary>The wanted id, with a number behind it if it is taken; null: the moment.</summary>
    public string? Id { get; init; }
    /// <summary>For people; empty: the id.</summary>
    public string Name { get; init; } = "";
    /// <summary><c>train</c>, <c>score</c>, <c>study</c> …</summary>
    public string Kind { get; init; } = "train";
    /// <summary>True: waits for its moment. False: waits to be claimed.</summary>
    public bool Scheduled { get; init; }
    /// <summary>Id of the run that this one is part of.</summary>
    public string? Parent { get; init; }
    /// <summary>Id of the run that ended early and that this one takes up again.</summary>
    public string? Resumes { get; init; }
    public string CodeVersion { get; init; } = "";
    /// <summary>Digest of all settings; empty: unknown.</summary>
    public string SettingsDigest { get; init; } = "";
    /// <summary>The settings themselves, so that the run can be taken up; null: not kept.</summary>
    public string? Settings { get; init; }
    /// <summary>Ids that are taken though the store knows no such run.</summary>
    internal Func<string, bool> Taken { get; init; } = _ => false;
    public IReadOnlyDictionary<string, string> Params { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
