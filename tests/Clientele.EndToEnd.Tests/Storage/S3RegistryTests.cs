using Clientele.Artifacts;
using Clientele.Storage;
using Clientele.Tests.Cli;
using Clientele.Tests.Stores;
using Clientele.Tests.TestServers;

namespace Clientele.Tests.Storage;

/// <summary>The registry with its bundles in S3.</summary>
public sealed class S3RegistryTests(S3Server server) : RegistrySuite
{
    private readonly TempFolder folder = new();
    private ObjectsAddress place = ObjectsAddress.Parse("", "");

    private protected override IObjects Objects => place.Open(Clock);

    private protected override IEnumerable<(string File, string Digest)> ObjectFiles() =>
        server.FilesOf(place).Select(file => (file, ObjectNames.DigestIn(file.Replace("._S3rver_object", "", StringComparison.Ordinal))!));

    protected override async Task<StoreAddress> NewAddress()
    {
        place = await server.NewAddress();
        Clock.Set(TimeProvider.System.GetUtcNow());     // as the server's own clock
        return StoreAddress.File(folder["store.db"]);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}
