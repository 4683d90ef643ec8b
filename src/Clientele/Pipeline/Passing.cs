using System.Net.Sockets;
using Clientele.Engines;
using Clientele.Problems;

namespace Clientele.Pipeline;

/// <summary>Tells faults of what a run stands on (engine, disk, network), which may pass, from problems of its input and mistakes of ours, which stay.</summary>
internal static class Passing
{
    public const string StepTimeout = "runs/step-timeout";

    // errno(3): a disk that is full, over its quota or read-only, and a file that is too large, stay so.
    private const int NoSpace = 28, OverQuota = 122, ReadOnly = 30, TooLarge = 27;

    // ClickHouse: reading and writing files and sockets, time-outs of the network, S3.
    private static readonly HashSet<int> EngineCodes = [74, 75, 86, 159, 209, 210, 279, 425, 499];

    public static bool Is(Exception failure) => failure switch
    {
        ProblemException wrong => wrong.Problem.Kind is "engine/ended" or "engine/unreachable" or "engine/not-started" or "objects/unreachable" or StepTimeout,
        EngineException engine => EngineCodes.Contains(engine.Code),
        FileNotFoundException or DirectoryNotFoundException => false,
        IOException disk => disk.HResult is not (NoSpace or OverQuota or ReadOnly or TooLarge),
        HttpRequestException or SocketException or TimeoutException => true,
        _ => false,
    };
}
