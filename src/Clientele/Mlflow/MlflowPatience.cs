namespace Clientele.Mlflow;

/// <summary>How long a server is waited for.</summary>
/// <param name="Attempts">1: no second one.</param>
/// <param name="Delay">Before the second attempt; about twice as long before each further one. A server that says Retry-After is believed, up to <paramref name="LongestDelay"/>.</param>
/// <param name="Slow">An answer that takes longer counts as none.</param>
internal sealed record MlflowPatience(int Attempts, TimeSpan Delay, TimeSpan LongestDelay, TimeSpan Slow)
{
    /// <summary>Of somebody who asked for it.</summary>
    public static MlflowPatience Long { get; } = new(6, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));

    /// <summary>Of a run that is done but for this.</summary>
    public static MlflowPatience Short { get; } = new(2, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));
}
