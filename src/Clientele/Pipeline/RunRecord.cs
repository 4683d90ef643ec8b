namespace Clientele.Pipeline;

/// <summary><c>run.json</c>: what differs between equal runs, and stands nowhere else.</summary>
/// <param name="Threads">As asked for; 0: all cores.</param>
/// <param name="Steps">Seconds by step, in their order.</param>
public sealed record RunRecord(
    string Id, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, int Threads, RunMachine Machine, IReadOnlyDictionary<string, double> Steps)
{
    public const string Name = "run.json";
}

/// <summary>Where a run was at work.</summary>
public sealed record RunMachine(string OperatingSystem, string Architecture, int Cores, string Runtime);
