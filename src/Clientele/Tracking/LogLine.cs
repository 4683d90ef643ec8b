using Clientele.Storage;

namespace Clientele.Tracking;

/// <summary>What a run said.</summary>
/// <param name="Position">0, 1, 2 … within its run.</param>
public sealed record LogLine(long Position, DateTimeOffset At, LogLevel Level, string? Step, string Text)
{
    internal static async Task<IReadOnlyList<LogLine>> ReadAll(StoreSession store, string id, long after)
    {
        var run = await RunRows.Get(store, id);
        return await store.Rows("SELECT position, at, level, step, text FROM run_log WHERE run = @run AND position > @after ORDER BY position",
            row => new LogLine(row.GetInt64(0), row.Moment(1), Enum.Parse<LogLevel>(row.GetString(2)), row.TextOrNull(3), row.GetString(4)), ("run", run.Number), ("after", after));
    }
}
