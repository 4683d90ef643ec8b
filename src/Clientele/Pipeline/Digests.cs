using System.Security.Cryptography;

namespace Clientele.Pipeline;

/// <summary>SHA-256 in lower-case hexadecimal.</summary>
internal static class Digests
{
    public static async Task<string> OfFile(string path, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel));
    }

    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
