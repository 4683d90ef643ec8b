using System.Security.Cryptography;
using Clientele.Problems;

namespace Clientele.Storage;

/// <summary>Copies what must have a digest.</summary>
internal static class ObjectCopy
{
    /// <summary>Writes a stream to a new file, on disk when it returns.</summary>
    /// <param name="from">For the message.</param>
    /// <exception cref="ProblemException"><c>objects/damaged</c>; nothing is left at <paramref name="path"/>.</exception>
    public static async Task ToFile(Stream content, string digest, string path, string from, CancellationToken cancel)
    {
        try
        {
            await using var output = File.Create(path);
            if (await Copy(content, output, cancel) != digest)
                throw Damaged(from);
            output.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    public static ProblemException Damaged(string from) => new(new("objects/damaged", $"{from} is not what was put there.", "Put back a copy of it.", new(from)));

    /// <returns>The digest of what was copied.</returns>
    public static async Task<string> Copy(Stream from, Stream to, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        for (int read; (read = await from.ReadAsync(buffer, cancel)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
