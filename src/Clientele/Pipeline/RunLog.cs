using System.Text.Json;
using Clientele.Artifacts;

namespace Clientele.Pipeline;

/// <summary>What a run did and when: a JSON object a line, kept with the run however it ended.</summary>
internal sealed class RunLog : IDisposable
{
    private readonly StreamWriter file;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();

    private RunLog(StreamWriter file, TimeProvider clock) => (this.file, this.clock) = (file, clock);

    /// <summary>Null: there is such a log already.</summary>
    public static RunLog? Begin(string path, TimeProvider clock)
    {
        try
        {
            return new(new(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read)) { AutoFlush = true, NewLine = "\n" }, clock);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <param name="state">What the step is at: running, cached, completed, failed …</param>
    /// <param name="words">For people; no personal data.</param>
    public void Write(string step, string state, string words)
    {
        lock (gate)
            file.WriteLine(JsonSerializer.Serialize(new RunLogLine(clock.GetUtcNow(), step, state, words), ArtifactJson.Options));
    }

    public void Dispose() => file.Dispose();
}

/// <param name="Step">Empty: the run as a whole.</param>
public sealed record RunLogLine(DateTimeOffset At, string Step, string State, string Words);
