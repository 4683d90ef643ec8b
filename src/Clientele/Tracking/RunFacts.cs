using Clientele.Problems;

namespace Clientele.Tracking;

/// <summary>What a run has to tell. All of it is kept, or nothing.</summary>
public sealed record RunFacts
{
    private const int LongestKey = 250, LongestParam = 6_000, LongestTag = 5_000;

    /// <summary>Written once: another value for the same key is refused.</summary>
    public IReadOnlyDictionary<string, string> Params { get; init; } = new Dictionary<string, string>();
    /// <summary>The last value of a key stands.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
    /// <summary>Added to those there are; none replaces another.</summary>
    public IReadOnlyList<MetricPoint> Metrics { get; init; } = [];
    /// <summary>SHA-256 of what the run was made from, by name.</summary>
    public IReadOnlyDictionary<string, string> Datasets { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<RunArtifact> Artifacts { get; init; } = [];
    /// <summary>Runs that are part of this one and over with it, such as one k of a study.</summary>
    public IReadOnlyList<RunPart> Parts { get; init; } = [];
    /// <summary>Where the artifacts are; null: as before.</summary>
    public string? Folder { get; init; }

    /// <exception cref="ProblemException"><c>runs/too-long</c>: a key or value is longer than tracking servers take.</exception>
    internal void Check()
    {
        foreach (string key in Params.Keys.Concat(Tags.Keys).Concat(Metrics.Select(point => point.Key)))
            if (key.Length is 0 or > LongestKey)
                throw TooLong($"The key '{Shown(key)}'", LongestKey);
        foreach (var (key, value) in Params)
            if (value.Length > LongestParam)
                throw TooLong($"The param '{key}'", LongestParam);
        foreach (var (key, value) in Tags)
            if (value.Length > LongestTag)
                throw TooLong($"The tag '{key}'", LongestTag);
        foreach (var part in Parts)
            part.Facts.Check();
    }

    private static string Shown(string key) => key.Length > 40 ? $"{key[..40]}…" : key;

    private static ProblemException TooLong(string what, int most) =>
        new(new("runs/too-long", $"{what} has none, or more than {most:N0} characters.", "Shorten it, or write it to a file of the run."));
}

/// <summary>One measurement.</summary>
/// <param name="Value">Any number, NaN and ∞ too.</param>
/// <param name="Step">Of a series: 0, 1, 2 …</param>
/// <param name="At">Null: now.</param>
public sealed record MetricPoint(string Key, double Value, long Step = 0, DateTimeOffset? At = null);

/// <param name="Id">After the run's own and a hyphen.</param>
/// <param name="Name">For people.</param>
/// <param name="Kind"><c>study</c>, <c>contest</c> …</param>
public sealed record RunPart(string Id, string Name, string Kind, RunFacts Facts);

/// <param name="Path">Below the run's folder, with /.</param>
/// <param name="Digest">SHA-256.</param>
/// <param name="Step">Which step wrote it; null: none in particular.</param>
public sealed record RunArtifact(string Path, string Digest, long Bytes, string? Step = null);
