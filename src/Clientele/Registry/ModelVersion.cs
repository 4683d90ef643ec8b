using System.Data.Common;
using Clientele.Storage;

namespace Clientele.Registry;

/// <summary>A bundle under its number. It never changes.</summary>
/// <param name="Digest">SHA-256 of the bundle's manifest, which names that of every file.</param>
/// <param name="Run">Id of the run that made it.</param>
/// <param name="DeletedAt">Since when it may not be used; null: it may.</param>
public sealed record ModelVersion(string Model, long Version, string Digest, string Run, DateTimeOffset CreatedAt, DateTimeOffset? DeletedAt)
{
    internal const string Columns = "model, version, digest, run, created_at, deleted_at";

    internal static ModelVersion Read(DbDataReader row) => new(row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.Moment(4), row.MomentOrNull(5));
}

/// <summary>A version with the names that point to it.</summary>
public sealed record ListedVersion(ModelVersion Version, IReadOnlyList<string> Aliases);

/// <summary>A name that points elsewhere now.</summary>
/// <param name="Before">The version that it pointed to; null: none.</param>
/// <param name="Now">As <paramref name="Before"/>. Where both are the same nothing was done.</param>
public sealed record NameChange(string Model, string Name, long? Before, long? Now);

/// <summary>A version that is barred from use.</summary>
/// <param name="KeepsFiles">It was champion once, so the audit needs its files; else they go with the next collection.</param>
public sealed record VersionDeletion(ModelVersion Version, bool KeepsFiles);

/// <summary>A bundle that was found sound.</summary>
/// <param name="Folder">Where its files are, to be read and left alone.</param>
/// <param name="Refused">Newer champions that were not sound, each with what is wrong; empty: this is the champion.</param>
public sealed record SoundModel(ModelVersion Version, string Folder, IReadOnlyList<Problems.Problem> Refused);
