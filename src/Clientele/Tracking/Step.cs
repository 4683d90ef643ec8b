using System.Data.Common;
using Clientele.Storage;

namespace Clientele.Tracking;

/// <summary>A part of a run.</summary>
/// <param name="Attempt">0: not begun; 1: the first.</param>
/// <param name="CacheKey">Digest of all that decides its outcome; null: not known.</param>
/// <param name="Detail">What it found, or why it ended as it did.</param>
public sealed record Step(string Name, RunState State, int Attempt, string? CacheKey, string? Detail, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    internal const string Columns = "name, state, attempt, cache_key, detail, started_at, ended_at";

    internal static Step Read(DbDataReader row) =>
        new(row.GetString(0), Enum.Parse<RunState>(row.GetString(1)), (int)row.GetInt64(2), row.TextOrNull(3), row.TextOrNull(4), row.MomentOrNull(5), row.MomentOrNull(6));
}
