using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Clientele.Access;

/// <summary>The keys of a store as they were when it was asked.</summary>
public sealed class KeyRing
{
    private readonly FrozenDictionary<string, (ApiKey Key, byte[] Digest)> keys;

    internal KeyRing(IEnumerable<(ApiKey Key, byte[] Digest)> keys) => this.keys = keys.ToFrozenDictionary(key => key.Key.Id, StringComparer.Ordinal);

    /// <summary>No key was ever made. A store whose keys have all ended is not open again.</summary>
    public bool IsEmpty => keys.Count == 0;

    /// <summary>Whether somebody can come in.</summary>
    public bool HasGood(DateTimeOffset now) => keys.Values.Any(key => key.Key.IsGood(now));

    /// <summary>The key whose text this is; null: it is nobody's, was revoked or has expired.</summary>
    public ApiKey? Find(string text, DateTimeOffset now) =>
        KeyText.IdOf(text) is { } id && keys.TryGetValue(id, out var known) && CryptographicOperations.FixedTimeEquals(known.Digest, KeyText.Digest(text)) && known.Key.IsGood(now) ? known.Key : null;
}
