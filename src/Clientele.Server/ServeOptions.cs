namespace Clientele.Server;

/// <summary>What <c>clientele serve</c> was asked for.</summary>
/// <param name="Workspace">Its folder.</param>
public sealed record ServeOptions(string Workspace)
{
    /// <summary>Where to listen; several are separated by semicolons.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";
    /// <summary>How often the store is asked which version is the champion.</summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromMilliseconds(500);
    /// <summary>Program and arguments that execute what the workspace's schedules make due, saying what they do in lines of JSON, until their standard input ends; empty: nobody does.</summary>
    public IReadOnlyList<string> Scheduler { get; init; } = [];
    /// <summary>How long it goes on answering, not ready any more, once it was told to stop, in place of what the settings say; null: as they say.</summary>
    public TimeSpan? Notice { get; init; }
    /// <summary>How long requests under way may take after that.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);
}
