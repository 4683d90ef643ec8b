using Clientele.Problems;

namespace Clientele.Storage;

/// <summary>Files under their SHA-256, in a folder or in S3. Whoever looks sees a whole object or none; equal files are kept once.</summary>
public interface IObjects
{
    /// <summary>Takes a file in; what lies there damaged is put right.</summary>
    /// <returns>The digest under which it is found again.</returns>
    /// <exception cref="ProblemException"><c>objects/*</c>: the place cannot be written.</exception>
    Task<string> Put(string file, CancellationToken cancel = default);

    Task<bool> Has(string digest, CancellationToken cancel = default);

    /// <summary>Whether it is there, as it was put there; all of it is read.</summary>
    Task<bool> IsSound(string digest, CancellationToken cancel = default);

    /// <summary>Writes an object to a file of its own.</summary>
    /// <exception cref="ProblemException"><c>objects/missing</c> or <c>objects/damaged</c>; nothing is left at <paramref name="path"/>.</exception>
    Task Restore(string digest, string path, CancellationToken cancel = default);

    /// <summary>All there are, in no order.</summary>
    IAsyncEnumerable<PutObject> All(CancellationToken cancel = default);

    Task Delete(string digest, CancellationToken cancel = default);
}

/// <param name="Digest">SHA-256 of the content, lower-case hexadecimal.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="PutAt">When it was last put there; S3's may be up to half a day earlier.</param>
public sealed record PutObject(string Digest, long Bytes, DateTimeOffset PutAt);
