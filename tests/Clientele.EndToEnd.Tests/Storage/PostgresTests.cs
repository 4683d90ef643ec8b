using Clientele.Storage;
using Clientele.Tests.Stores;
using Clientele.Tests.TestServers;

namespace Clientele.Tests.Storage;

public sealed class PostgresRunsTests(PostgresServer server) : RunsSuite
{
    protected override Task<StoreAddress> NewAddress() => server.NewAddress();
}
