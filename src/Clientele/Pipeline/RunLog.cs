using System.Text.Json;
using Clientele.Artifacts;

namespace Clientele.Pipeline;

/// <summary>What a run did and when: a JSON object a line, kept with the run however it ended. While it is open it is locked, so that a run whose process has gone shows.</summary>
internal sealed class RunLog : IDisposable
{
    public const string FolderName = "logs";

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

    /// <summary>The lines of a run; the last may be cut off where its process was killed, and is left out then.</summary>
    /// <exception cref="Problems.ProblemException"><c>runs/unknown</c>.</exception>
    public static IReadOnlyList<RunLogLine> Read(string workspace, string id)
    {
        string path = PathOf(workspace, id);
        return id == Path.GetFileName(id) && File.Exists(path) ? [.. Lines(File.ReadAllText(path))] : throw RunRequest.Unknown(workspace, id);
    }

    /// <summary>Whether a process is at work on the run.</summary>
    public static bool IsOpen(string workspace, string id)
    {
        try
        {
            using (Alone(PathOf(workspace, id)))
                return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Says of every run whose process has gone without a word that it crashed.</summary>
    public static void NoticeDead(string workspace, TimeProvider clock)
    {
        foreach (string path in Directory.EnumerateFiles(Path.Combine(workspace, WorkspaceCache.FolderName, FolderName), "*.jsonl"))
            try
            {
                using var file = Alone(path);
                using var reader = new StreamReader(file, leaveOpen: true);
                string text = reader.ReadToEnd();
                if (Lines(text).LastOrDefault() is { IsEnd: true })
                    continue;
                using var log = new RunLog(new(file) { AutoFlush = true, NewLine = "\n" }, clock);
                if (text.Length > 0 && text[^1] != '\n')
                    log.file.WriteLine();
                log.Write("", RunLogLine.Crashed, "Its process ended without a word.");
            }
            catch (IOException)
            {
                // Somebody is at work on it.
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

    private static FileStream Alone(string path) => new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

    private static string PathOf(string workspace, string id) => Path.Combine(workspace, WorkspaceCache.FolderName, FolderName, $"{id}.jsonl");

    private static IEnumerable<RunLogLine> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => line[^1] == '}').Select(line => JsonSerializer.Deserialize<RunLogLine>(line, ArtifactJson.Options)!);
}

/// <param name="Step">Empty: the run as a whole.</param>
public sealed record RunLogLine(DateTimeOffset At, string Step, string State, string Words)
{
    internal const string Completed = "completed", Failed = "failed", Crashed = "crashed", Cancelled = "cancelled";

    /// <summary>Whether the run is over with it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsEnd => Step.Length == 0 && State is Completed or Failed or Crashed or Cancelled;
}
