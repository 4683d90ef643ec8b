using System.Runtime.CompilerServices;
using Clientele.Artifacts;
using Clientele.Problems;

namespace Clientele.Storage;

/// <summary>Objects in a folder: written aside, flushed, renamed.</summary>
public sealed class ObjectFolder(string folder, TimeProvider clock) : IObjects
{
    private readonly DurableFiles files = new();

    /// <summary>Beside a workspace's other things.</summary>
    public const string Name = "objects";

    public async Task<string> Put(string file, CancellationToken cancel = default)
    {
        string digest = await ObjectNames.DigestOf(file, cancel), path = PathOf(digest);
        if (await IsSound(digest, cancel))
        {
            File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime);
            return digest;
        }
        string aside = $"{path}.{Guid.NewGuid():N}.partial";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            await using (var content = File.OpenRead(file))
                await ObjectCopy.ToFile(content, digest, aside, file, cancel);
            File.SetLastWriteTimeUtc(aside, clock.GetUtcNow().UtcDateTime);
            files.Rename(aside, path);
        }
        finally
        {
            File.Delete(aside);
        }
        return digest;
    }

    public Task<bool> Has(string digest, CancellationToken cancel = default) => Task.FromResult(File.Exists(PathOf(digest)));

    public async Task<bool> IsSound(string digest, CancellationToken cancel = default) => File.Exists(PathOf(digest)) && await ObjectNames.DigestOf(PathOf(digest), cancel) == digest;

    public async Task Restore(string digest, string path, CancellationToken cancel = default)
    {
        if (!File.Exists(PathOf(digest)))
            throw new ProblemException(new("objects/missing", $"The object {digest} is not in {folder}.", "Put back a copy of that folder.", new(PathOf(digest))));
        await using var content = File.OpenRead(PathOf(digest));
        await ObjectCopy.ToFile(content, digest, path, PathOf(digest), cancel);
    }

    public async IAsyncEnumerable<PutObject> All([EnumeratorCancellation] CancellationToken cancel = default)
    {
        await Task.CompletedTask;
        if (!Directory.Exists(folder))
            yield break;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories))
            if (ObjectNames.DigestIn(file.FullName) is { } digest)
                yield return new(digest, file.Length, file.LastWriteTimeUtc);
    }

    public Task Delete(string digest, CancellationToken cancel = default)
    {
        File.Delete(PathOf(digest));
        return Task.CompletedTask;
    }

    public override string ToString() => folder;

    private string PathOf(string digest) => Path.Combine(folder, ObjectNames.Of(digest));
}
