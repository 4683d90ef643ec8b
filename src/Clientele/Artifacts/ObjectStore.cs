using System.Security.Cryptography;

namespace Clientele.Artifacts;

/// <summary>A folder of objects under the digest of their content: equal content lies there once, and damage shows.</summary>
/// <param name="folder">Where objects are.</param>
/// <param name="aside">Where files are written before they are kept; on the same disk.</param>
internal sealed class ObjectStore(string folder, string aside, DurableFiles files)
{
    private int written;

    /// <summary>A path to write a new file to.</summary>
    public string NewFile() => Path.Combine(aside, $"{Interlocked.Increment(ref written)}");

    /// <summary>Takes a file from <see cref="NewFile"/> in.</summary>
    public StoredObject Keep(string path)
    {
        StoredObject kept;
        using (var file = File.OpenRead(path))
            kept = new(Convert.ToHexStringLower(SHA256.HashData(file)), file.Length);
        if (Holds(kept))
        {
            File.Delete(path);
            return kept;
        }
        string target = PathOf(kept);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        files.Flush(path);
        files.Rename(path, target);
        return kept;
    }

    public string PathOf(StoredObject kept) => Path.Combine(folder, ObjectNames.Of(kept.Digest));

    /// <summary>Whether the object is there and is what its digest says.</summary>
    public bool Holds(StoredObject kept)
    {
        var file = new FileInfo(PathOf(kept));
        if (!file.Exists || file.Length != kept.Bytes)
            return false;
        using var content = file.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(content)) == kept.Digest;
    }

    /// <summary>Deletes all objects but these.</summary>
    public void KeepOnly(IReadOnlySet<string> digests)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            if (!digests.Contains(ObjectNames.DigestIn(path) ?? ""))
                File.Delete(path);
    }
}
