using Clientele.Storage;

namespace Clientele.Tracking;

/// <summary>What a run said.</summary>
/// <param name="Position">0, 1, 2 … within its run.</param>
public sealed record LogLine(long Position, DateTimeOffset At, LogLevel Level, string? Step, string Text)
{
    /// <summary>What a change of state says.</summary>
    internal static string Of(RunState state, string? text) => string.IsNullOrEmpty(text) ? state.ToString() : $"{state}: {text}";

    internal static Task Add(StoreSession store, long run, long at, LogLevel level, string? step, string text) => store.Execute(
        """
        INSERT INTO run_log (run, position, step, level, at, text)
        VALUES (@run, (SELECT COALESCE(MAX(position), -1) + 1 FROM run_log WHERE run = @run), @step, @level, @at, @text)
        """,
        ("run", run), ("step", step), ("level", level.ToString()), ("at", at), ("text", text));

    internal static async Task<IReadOnlyList<LogLine>> ReadAll(StoreSession store, string id, long after)
    {
        var run = await RunRows.Get(store, id);
        return await store.Rows("SELECT position, at, level, step, text FROM run_log WHERE run = @run AND position > @after ORDER BY position",
            row => new LogLine(row.GetInt64(0), row.Moment(1), Enum.Parse<LogLevel>(row.GetString(2)), row.TextOrNull(3), row.GetString(4)), ("run", run.Number), ("after", after));
    }
}
