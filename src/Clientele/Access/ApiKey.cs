using System.Data.Common;
using Clientele.Storage;

namespace Clientele.Access;

/// <summary>A key as the store knows it.</summary>
/// <param name="Id">The part of its text that may be seen: it names the key in lists and logs.</param>
/// <param name="Name">Whose it is, or what for.</param>
/// <param name="ExpiresAt">Null: never.</param>
/// <param name="CreatedBy">Who made it.</param>
public sealed record ApiKey(string Id, string Name, Role Role, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, string CreatedBy)
{
    internal const string Columns = "id, name, role, created_at, expires_at, revoked_at, created_by";

    public bool IsExpired(DateTimeOffset now) => ExpiresAt <= now;

    public bool IsGood(DateTimeOffset now) => RevokedAt is null && !IsExpired(now);

    internal static ApiKey Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), Enum.Parse<Role>(row.GetString(2)), row.Moment(3), row.MomentOrNull(4), row.MomentOrNull(5), row.GetString(6));
}
