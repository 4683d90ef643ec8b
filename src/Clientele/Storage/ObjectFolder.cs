using System.Security.Cryptography;
using Clientele.Artifacts;
using Clientele.Problems;

namespace Clientele.Storage;

/// <summary>Files under their SHA-256, in a folder: written aside, flushed, renamed, so that whoever looks sees a whole object or none. Equal files are kept once.</summary>
public sealed class ObjectFolder(string folder, TimeProvider clock)
{
    private readonly DurableFiles files = new();

    /// <summary>Beside a workspace's other things.</summary>
    public const string Name = "objects";

    /// <returns>The digest under which it is found again.</returns>
    public async Task<string> Put(string file, CancellationToken cancel = default)
    {
        string digest = await DigestOf(file, cancel), path = PathOf(digest);
        if (await IsSound(digest, cancel))
        {
            File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime);
            return digest;
        }
        string home = Path.GetDirectoryName(path)!, aside = $"{path}.{Guid.NewGuid():N}.partial";
        Directory.CreateDirectory(home);
        try
        {
            await Copy(file, aside, digest, cancel);
            File.SetLastWriteTimeUtc(aside, clock.GetUtcNow().UtcDateTime);
            files.Rename(aside, path);
        }
        finally
        {
            File.Delete(aside);
        }
        return digest;
    }

    public bool Has(string digest) => File.Exists(PathOf(digest));

    /// <summary>Whether it is there, as it was put there.</summary>
    public async Task<bool> IsSound(string digest, CancellationToken cancel = default) => Has(digest) && await DigestOf(PathOf(digest), cancel) == digest;

    /// <summary>When it was last put there.</summary>
    public DateTimeOffset PutAt(string digest) => File.GetLastWriteTimeUtc(PathOf(digest));

    /// <summary>Writes an object to a file of its own.</summary>
    /// <exception cref="ProblemException"><c>objects/missing</c> or <c>objects/damaged</c>; nothing is left at <paramref name="path"/>.</exception>
    public async Task Restore(string digest, string path, CancellationToken cancel = default)
    {
        if (!Has(digest))
            throw new ProblemException(new("objects/missing", $"The object {digest} is not in {folder}.", "Put back a copy of that folder.", new(PathOf(digest))));
        try
        {
            await Copy(PathOf(digest), path, digest, cancel);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Digests of all objects.</summary>
    public IEnumerable<string> All() => !Directory.Exists(folder) ? [] :
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".partial", StringComparison.Ordinal))
            .Select(path => Path.GetFileName(Path.GetDirectoryName(path)) + Path.GetFileName(path));

    /// <returns>How many bytes that freed.</returns>
    public long Delete(string digest)
    {
        var file = new FileInfo(PathOf(digest));
        long bytes = file.Exists ? file.Length : 0;
        file.Delete();
        return bytes;
    }

    public static async Task<string> DigestOf(string file, CancellationToken cancel)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel));
    }

    // Two letters of the digest name a folder, so that none grows too large.
    private string PathOf(string digest) => digest.Length == 64 && digest.All(char.IsAsciiHexDigitLower)
        ? Path.Combine(folder, digest[..2], digest[2..])
        : throw new ArgumentException($"'{digest}' is no SHA-256.", nameof(digest));

    private static async Task Copy(string from, string to, string digest, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using (var input = File.OpenRead(from))
        await using (var output = File.Create(to))
        {
            var buffer = new byte[1 << 16];
            for (int read; (read = await input.ReadAsync(buffer, cancel)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
                await output.WriteAsync(buffer.AsMemory(0, read), cancel);
            }
            output.Flush(flushToDisk: true);
        }
        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != digest)
            throw new ProblemException(new("objects/damaged", $"{from} is not what was put there.", "Put back a copy of it.", new(from)));
    }
}
