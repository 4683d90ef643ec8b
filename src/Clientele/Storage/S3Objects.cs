using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Clientele.Artifacts;
using Clientele.Problems;

namespace Clientele.Storage;

/// <summary>Objects in S3 and what speaks its protocol. An object appears when all of it has arrived; a file larger than a part goes in parts.</summary>
/// <remarks>Payloads are signed whole and without trailing checksums, which not every server understands; that content is right is seen by its SHA-256.</remarks>
internal sealed class S3Objects(ObjectsAddress address, TimeProvider clock, long partBytes = 32 << 20, int pageKeys = 1_000) : IObjects
{
    // Putting an object again makes it young again, so that nobody collects it; one that is younger than this is young enough.
    private static readonly TimeSpan Young = TimeSpan.FromHours(12);

    // Only what this class wrote has it.
    private const string DigestKey = "sha256";

    private readonly Lazy<AmazonS3Client> client = new(() => Connect(address));

    public async Task<string> Put(string file, CancellationToken cancel = default)
    {
        string digest = await ObjectNames.DigestOf(file, cancel);
        long bytes = new FileInfo(file).Length;
        await Ask(async s3 =>
        {
            var there = await Head(s3, digest, cancel);
            bool whole = there is not null && there.ContentLength == bytes && there.Metadata[DigestKey] == digest;
            if (whole && there!.LastModified > (clock.GetUtcNow() - Young).UtcDateTime)
                return;
            if (bytes > partBytes)
                await PutParts(s3, digest, file, bytes, cancel);
            else
                await PutWhole(s3, digest, file, ifNone: there is null, cancel);
        });
        return digest;
    }

    /// <summary>Puts a file under a name of its own rather than its digest.</summary>
    public Task PutNamed(string name, Func<Stream> content, CancellationToken cancel) => Ask(async s3 =>
    {
        await using var stream = content();
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = address.Bucket, Key = address.Prefix + name, InputStream = stream, UseChunkEncoding = false }, cancel);
    });

    public Task<bool> Has(string digest, CancellationToken cancel = default) => Ask(async s3 => await Head(s3, digest, cancel) is not null);

    public Task<bool> IsSound(string digest, CancellationToken cancel = default) => Ask(async s3 =>
    {
        using var answer = await Get(s3, digest, cancel);
        try
        {
            return answer is not null && await ObjectCopy.Copy(answer.ResponseStream, Stream.Null, cancel) == digest;
        }
        catch (AmazonClientException)
        {
            // While content is read, the client compares it with the checksum that the server keeps.
            return false;
        }
    });

    public Task Restore(string digest, string path, CancellationToken cancel = default) => Ask(async s3 =>
    {
        using var answer = await Get(s3, digest, cancel)
            ?? throw new ProblemException(new("objects/missing", $"The object {digest} is not in {address}.", "Put back a copy of it.", new($"{address}/{ObjectNames.Of(digest)}")));
        string from = $"{address}/{ObjectNames.Of(digest)}";
        try
        {
            await ObjectCopy.ToFile(answer.ResponseStream, digest, path, from, cancel);
        }
        catch (AmazonClientException)
        {
            throw ObjectCopy.Damaged(from);
        }
    });

    public async IAsyncEnumerable<PutObject> All([EnumeratorCancellation] CancellationToken cancel = default)
    {
        // The first form of listing goes on from a key rather than by a token of the server's: every server can do that.
        var request = new ListObjectsRequest { BucketName = address.Bucket, Prefix = address.Prefix, MaxKeys = pageKeys };
        for (bool more = true; more;)
        {
            var page = await Ask(s3 => s3.ListObjectsAsync(request, cancel));
            foreach (var found in page.S3Objects ?? [])
                if (ObjectNames.DigestIn($"/{found.Key}") is { } digest && found.Key == KeyOf(digest))
                    yield return new(digest, found.Size ?? 0, found.LastModified?.ToUniversalTime() ?? default);
            more = page.IsTruncated == true && page.S3Objects is [.., _];
            request.Marker = page.S3Objects?.LastOrDefault()?.Key;
        }
    }

    public Task Delete(string digest, CancellationToken cancel = default) =>
        Ask(s3 => s3.DeleteObjectAsync(new DeleteObjectRequest { BucketName = address.Bucket, Key = KeyOf(digest) }, cancel));

    public override string ToString() => address.Shown;

    // Where another put the same in the meantime, a server that knows conditional writes says 412, or 409 while that is under way: then it is there, or will be.
    private async Task PutWhole(AmazonS3Client s3, string digest, string file, bool ifNone, CancellationToken cancel)
    {
        try
        {
            var request = new PutObjectRequest { BucketName = address.Bucket, Key = KeyOf(digest), FilePath = file, UseChunkEncoding = false, IfNoneMatch = ifNone ? "*" : null };
            request.Metadata[DigestKey] = digest;
            await s3.PutObjectAsync(request, cancel);
        }
        catch (AmazonS3Exception refused) when (ifNone && refused.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            // It has been put there by another.
        }
        catch (AmazonS3Exception unknown) when (ifNone && unknown.StatusCode is HttpStatusCode.NotImplemented or HttpStatusCode.Conflict)
        {
            await PutWhole(s3, digest, file, ifNone: false, cancel);
        }
    }

    private async Task PutParts(AmazonS3Client s3, string digest, string file, long bytes, CancellationToken cancel)
    {
        var begin = new InitiateMultipartUploadRequest { BucketName = address.Bucket, Key = KeyOf(digest) };
        begin.Metadata[DigestKey] = digest;
        string upload = (await s3.InitiateMultipartUploadAsync(begin, cancel)).UploadId;
        try
        {
            var parts = new List<PartETag>();
            for (long at = 0; at < bytes; at += partBytes)
            {
                int number = parts.Count + 1;
                var part = await s3.UploadPartAsync(new UploadPartRequest
                {
                    BucketName = address.Bucket,
                    Key = KeyOf(digest),
                    UploadId = upload,
                    PartNumber = number,
                    FilePath = file,
                    FilePosition = at,
                    PartSize = Math.Min(partBytes, bytes - at),
                    UseChunkEncoding = false,
                }, cancel);
                parts.Add(new(number, part.ETag));
            }
            await s3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = address.Bucket, Key = KeyOf(digest), UploadId = upload, PartETags = parts }, cancel);
        }
        catch
        {
            await s3.AbortMultipartUploadAsync(new AbortMultipartUploadRequest { BucketName = address.Bucket, Key = KeyOf(digest), UploadId = upload }, CancellationToken.None);
            throw;
        }
    }

    private async Task<GetObjectMetadataResponse?> Head(AmazonS3Client s3, string digest, CancellationToken cancel)
    {
        try
        {
            return await s3.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = address.Bucket, Key = KeyOf(digest) }, cancel);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound && missing.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
    }

    private async Task<GetObjectResponse?> Get(AmazonS3Client s3, string digest, CancellationToken cancel)
    {
        try
        {
            return await s3.GetObjectAsync(new GetObjectRequest { BucketName = address.Bucket, Key = KeyOf(digest) }, cancel);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound && missing.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
    }

    private string KeyOf(string digest) => address.Prefix + ObjectNames.Of(digest);

    private Task<int> Ask(Func<AmazonS3Client, Task> question) => Ask(async s3 =>
    {
        await question(s3);
        return 0;
    });

    private async Task<T> Ask<T>(Func<AmazonS3Client, Task<T>> question)
    {
        try
        {
            return await question(client.Value);
        }
        catch (Exception wrong) when (S3Problems.Of(wrong, address) is { } problem)
        {
            throw new ProblemException(problem, wrong);
        }
    }

    private static AmazonS3Client Connect(ObjectsAddress address)
    {
        var config = new AmazonS3Config
        {
            AuthenticationRegion = address.Region,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = 4,
            Timeout = TimeSpan.FromMinutes(5),
        };
        if (address.Endpoint is { } endpoint)
            (config.ServiceURL, config.ForcePathStyle) = (endpoint.ToString(), true);
        else
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(address.Region);
        // Off Amazon's machines there is nobody else to ask for keys, and asking takes long.
        if (Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID") is { Length: > 0 })
            return new(new EnvironmentVariablesAWSCredentials(), config);
        return address.Endpoint is null ? new AmazonS3Client(config) : throw S3Problems.NoKeys(address);
    }
}
