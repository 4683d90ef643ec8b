namespace Clientele.Server;

/// <summary>What <c>clientele serve</c> was asked for.</summary>
/// <param name="Workspace">Its folder.</param>
public sealed record ServeOptions(string Workspace)
{
    /// <summary>Where to listen; several are separated by semicolons.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";
    /// <summary>How often the store is asked which version is the champion.</summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromMilliseconds(500);
    /// <summary>How long it goes on answering, not ready any more, once it was told to stop: time for who balances the load to send requests elsewhere.</summary>
    public TimeSpan Notice { get; init; } = TimeSpan.FromSeconds(2);
    /// <summary>How long requests under way may take after that.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);
}
