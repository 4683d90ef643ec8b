using System.Security.Cryptography;
using Clientele.Problems;
using Clientele.Storage;
using Clientele.Tests.Cli;
using Clientele.Tests.TestServers;

namespace Clientele.Tests.Storage;

/// <summary>What holds of objects wherever they are kept.</summary>
public abstract class ObjectsSuite : IDisposable
{
    private protected TempFolder Folder { get; } = new();

    private protected abstract Task<IObjects> Open();

    /// <summary>Where the content of every object lies on the disk.</summary>
    private protected abstract IEnumerable<string> Files();

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(70_000), InlineData(11_000_000)]
    public async Task What_is_put_comes_back_to_the_byte(int bytes)
    {
        var objects = await Open();
        string file = Some(bytes);

        string digest = await objects.Put(file);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file))), digest);
        Assert.True(await objects.Has(digest) && await objects.IsSound(digest));
        await objects.Restore(digest, Folder["back"]);
        Assert.Equal(await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(Folder["back"]));
    }

    [Fact]
    public async Task Equal_files_are_kept_once_and_all_are_listed()
    {
        var objects = await Open();
        string[] put = [await objects.Put(Some(10)), await objects.Put(Some(20)), await objects.Put(Some(10))];

        var all = await objects.All().ToListAsync();

        Assert.Equal(put[0], put[2]);
        Assert.Equal(put.Distinct().Order(StringComparer.Ordinal), all.Select(found => found.Digest).Order(StringComparer.Ordinal));
        Assert.Equal([10L, 20L], all.Select(found => found.Bytes).Order());
        Assert.All(all, found => Assert.InRange(TimeProvider.System.GetUtcNow() - found.PutAt, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public async Task More_objects_than_fit_on_a_page_are_listed()
    {
        var objects = await Open();
        for (int bytes = 0; bytes < 34; bytes++)
            await objects.Put(Some(bytes));

        Assert.Equal(34, (await objects.All().ToListAsync()).Select(found => found.Digest).Distinct().Count());
    }

    [Fact]
    public async Task What_was_deleted_is_missing_and_leaves_no_file_behind()
    {
        var objects = await Open();
        string digest = await objects.Put(Some(5));

        await objects.Delete(digest);
        await objects.Delete(digest);

        Assert.False(await objects.Has(digest) || await objects.IsSound(digest));
        Assert.Equal("objects/missing", (await Assert.ThrowsAsync<ProblemException>(() => objects.Restore(digest, Folder["back"]))).Problem.Kind);
        Assert.False(File.Exists(Folder["back"]));
    }

    [Fact]
    public async Task A_byte_flipped_is_seen_and_nothing_of_it_is_given()
    {
        var objects = await Open();
        string digest = await objects.Put(Some(90_000));
        string file = Assert.Single(Files());
        byte[] bytes = await File.ReadAllBytesAsync(file);
        bytes[70_000] ^= 4;
        await File.WriteAllBytesAsync(file, bytes);

        Assert.False(await objects.IsSound(digest));
        Assert.Equal("objects/damaged", (await Assert.ThrowsAsync<ProblemException>(() => objects.Restore(digest, Folder["back"]))).Problem.Kind);
        Assert.False(File.Exists(Folder["back"]));
    }

    [Fact]
    public async Task Of_many_that_put_the_same_at_once_all_find_it_whole()
    {
        var objects = await Open();
        string file = Some(300_000);

        string[] digests = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => objects.Put(file))));

        Assert.True(await objects.IsSound(Assert.Single(digests.Distinct())));
        Assert.Single(await objects.All().ToListAsync());
    }

    private protected string Some(int bytes)
    {
        var content = new byte[bytes];
        new Random(bytes).NextBytes(content);
        string path = Folder[$"{bytes}.bin"];
        File.WriteAllBytes(path, content);
        return path;
    }
}

public sealed class ObjectFolderTests : ObjectsSuite
{
    private protected override Task<IObjects> Open() => Task.FromResult<IObjects>(new ObjectFolder(Folder["objects"], TimeProvider.System));

    private protected override IEnumerable<string> Files() => Directory.EnumerateFiles(Folder["objects"], "*", SearchOption.AllDirectories);
}

public sealed class S3ObjectsTests(S3Server server) : ObjectsSuite
{
    private const int SmallestPart = 5 << 20;
    private ObjectsAddress place = ObjectsAddress.Parse("", "");

    private protected override async Task<IObjects> Open() => new S3Objects(place = await server.NewAddress(), TimeProvider.System, SmallestPart, pageKeys: 10);

    private protected override IEnumerable<string> Files() => server.FilesOf(place);

    [Fact]
    public async Task What_another_program_wrote_over_an_object_is_put_right_by_the_next_put()
    {
        var objects = await Open();
        string digest = await objects.Put(Some(1_000));
        string key = place.Prefix + digest[..2] + "/" + digest[2..];
        using (var s3 = new Amazon.S3.AmazonS3Client(S3Server.Key, S3Server.Key, new Amazon.S3.AmazonS3Config { ServiceURL = place.Endpoint!.ToString(), ForcePathStyle = true }))
            await s3.PutObjectAsync(new() { BucketName = place.Bucket, Key = key, ContentBody = new string('x', 1_000), UseChunkEncoding = false });
        Assert.False(await objects.IsSound(digest));

        await objects.Put(Some(1_000));

        Assert.True(await objects.IsSound(digest));
    }

    [Fact]
    public async Task Places_of_one_bucket_do_not_see_each_other()
    {
        var (one, other) = (await Open(), await Open());

        string digest = await one.Put(Some(3));

        Assert.False(await other.Has(digest));
        Assert.Empty(await other.All().ToListAsync());
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_named()
    {
        var objects = new S3Objects(ObjectsAddress.Parse(await server.NewPlace("no-such-bucket"), ""), TimeProvider.System);
        string file = Some(3);

        foreach (Func<Task> action in (Func<Task>[])[() => objects.Put(file), () => objects.IsSound(new('a', 64)), () => objects.All().ToListAsync().AsTask()])
        {
            var problem = (await Assert.ThrowsAsync<ProblemException>(action)).Problem;
            Assert.Equal("objects/bucket", problem.Kind);
            Assert.Contains("no-such-bucket", problem.What, StringComparison.Ordinal);
        }
    }
}
