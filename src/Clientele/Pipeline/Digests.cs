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

    /// <summary>By path relative to the folder.</summary>
    public static async Task<SortedDictionary<string, string>> OfFiles(string folder, IReadOnlyList<string> files, CancellationToken cancel)
    {
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in files)
            digests[Path.GetRelativePath(folder, path).Replace('\\', '/')] = await OfFile(path, cancel);
        return digests;
    }

    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
