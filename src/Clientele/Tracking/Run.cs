using System.Data.Common;
using Clientele.Storage;

namespace Clientele.Tracking;

/// <summary>What is known of a run at a glance.</summary>
/// <param name="Parent">Id of the run that it is part of.</param>
/// <param name="Resumes">Id of the run that it takes up again.</param>
/// <param name="Reason">Why it ended as it did.</param>
/// <param name="Folder">Where its artifacts are.</param>
public sealed record Run(
    string Id, string Experiment, string Name, string Kind, RunState State, string? Reason, string? Parent, string? Resumes, string? Folder,
    string CodeVersion, string SettingsDigest, DateTimeOffset CreatedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    internal long Number { get; private init; }

    /// <summary>What <see cref="Read"/> takes, of <c>runs r</c>.</summary>
    internal const string Columns = """
        r.number, r.id, (SELECT e.name FROM experiments e WHERE e.number = r.experiment), r.name, r.kind, r.state, r.reason,
        (SELECT p.id FROM runs p WHERE p.number = r.parent), (SELECT p.id FROM runs p WHERE p.number = r.resumes), r.folder,
        r.code_version, r.settings_digest, r.created_at, r.started_at, r.ended_at
        """;

    internal static Run Read(DbDataReader row) => new(
        row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), Enum.Parse<RunState>(row.GetString(5)), row.TextOrNull(6), row.TextOrNull(7), row.TextOrNull(8), row.TextOrNull(9),
        row.GetString(10), row.GetString(11), row.Moment(12), row.MomentOrNull(13), row.MomentOrNull(14))
    {
        Number = row.GetInt64(0),
    };
}
