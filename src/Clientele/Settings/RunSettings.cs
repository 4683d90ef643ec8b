namespace Clientele.Settings;

/// <summary>How a run is done: what is tried again when something outside fails, and how long it may take. No part of what it makes.</summary>
public sealed record RunSettings
{
    /// <summary>What steps are called.</summary>
    public static IReadOnlyList<string> StepNames { get; } =
        ["ingest", "clean", "features", "segment", "personas", "lifetime", "write", "lifetime-tables", "report", "published-model", "model", "lifetime-model"];

    /// <summary>Of steps that have none of their own.</summary>
    public StepLimits Limits { get; init; } = new();
    /// <summary>By the step's name.</summary>
    public IReadOnlyDictionary<string, StepLimits> Steps { get; init; } = new Dictionary<string, StepLimits>();
    /// <summary>For the whole run; null: as long as it takes.</summary>
    public TimeSpan? Timeout { get; init; }

    public StepLimits Of(string step) => Steps.GetValueOrDefault(step, Limits);
}

/// <summary>What a step is given.</summary>
public sealed record StepLimits
{
    /// <summary>After the first attempt, ≥ 0.</summary>
    public int Retries { get; init; } = 2;
    /// <summary>Before the first retry; doubles with each, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);
    /// <summary>For one attempt; null: as long as it takes.</summary>
    public TimeSpan? Timeout { get; init; }
}
