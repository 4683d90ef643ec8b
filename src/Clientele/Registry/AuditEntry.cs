using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using Clientele.Storage;

namespace Clientele.Registry;

/// <summary>One thing that was done, with the digest of all that was done before.</summary>
/// <param name="Number">1, 2, 3 … without a gap.</param>
/// <param name="At">Never before the one of the entry before, whatever the clock did.</param>
/// <param name="Action">One of <see cref="AuditActions"/>.</param>
/// <param name="Detail">For a registration the version's digest; for a judgement its figures as JSON.</param>
/// <param name="Previous">The digest of the entry before; 64 zeros for the first.</param>
/// <param name="Digest">SHA-256 of everything else here.</param>
public sealed record AuditEntry(
    long Number, DateTimeOffset At, string Actor, string Action, string Model, long? Version, string? Alias, string Reason, string Detail, string Previous, string Digest)
{
    internal static string Beginning { get; } = new('0', 64);
    internal const string Columns = "number, at, actor, action, model, version, alias, reason, detail, previous, digest";

    /// <summary>What <see cref="Digest"/> must be. A JSON array, so that no two contents have the same bytes.</summary>
    public string ExpectedDigest() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new object?[] { Number, At.ToUnixTimeMilliseconds(), Actor, Action, Model, Version, Alias, Reason, Detail, Previous })));

    internal static AuditEntry Read(DbDataReader row) => new(
        row.GetInt64(0), row.Moment(1), row.GetString(2), row.GetString(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetInt64(5), row.TextOrNull(6),
        row.GetString(7), row.GetString(8), row.GetString(9), row.GetString(10));
}

/// <summary>What an audit entry may say was done.</summary>
public static class AuditActions
{
    /// <summary>A bundle got its number.</summary>
    public const string Registered = "registered";
    /// <summary>A name was pointed to a version.</summary>
    public const string Moved = "moved";
    /// <summary>A name was pointed back to the version that it pointed to before.</summary>
    public const string RolledBack = "rolled-back";
    /// <summary>A name points to nothing any more.</summary>
    public const string Removed = "removed";
    /// <summary>A version was compared with the champion, whatever came of it.</summary>
    public const string Judged = "judged";
    /// <summary>A version may not be used any more.</summary>
    public const string Deleted = "deleted";
}
