using System.Security.Cryptography;

namespace Clientele.Artifacts;

/// <summary>How objects are called: two letters of the digest, a slash, the rest, so that no folder grows too large. A folder of objects can be copied to S3 as it is.</summary>
internal static class ObjectNames
{
    public static string Of(string digest) => IsDigest(digest) ? $"{digest[..2]}/{digest[2..]}" : throw new ArgumentException($"'{digest}' is no SHA-256.", nameof(digest));

    /// <summary>The digest that a path or key ends with; null: it is no object.</summary>
    public static string? DigestIn(string path)
    {
        string digest = path.Length < 65 ? "" : path[^65..].Remove(2, 1);
        return IsDigest(digest) && path[^63] == '/' ? digest : null;
    }

    public static async Task<string> DigestOf(string file, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel));
    }

    private static bool IsDigest(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
