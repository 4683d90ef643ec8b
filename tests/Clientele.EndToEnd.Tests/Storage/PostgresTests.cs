using Clientele.Storage;
using Clientele.Tests.Stores;
using Clientele.Tests.TestServers;

namespace Clientele.Tests.Storage;

public sealed class PostgresRunsTests(PostgresServer server) : RunsSuite
{
    protected override Task<StoreAddress> NewAddress() => server.NewAddress();
}

public sealed class PostgresSearchTests(PostgresServer server) : SearchSuite
{
    protected override Task<StoreAddress> NewAddress() => server.NewAddress();
}

public sealed class PostgresRegistryTests(PostgresServer server) : RegistrySuite
{
    protected override Task<StoreAddress> NewAddress() => server.NewAddress();
}

public sealed class PostgresSchedulesTests(PostgresServer server) : SchedulesSuite
{
    protected override Task<StoreAddress> NewAddress() => server.NewAddress();
}

public sealed class PostgresKeysTests(PostgresServer server) : KeysSuite
{
    protected override Task<StoreAddress> NewAddress() => server.NewAddress();
}

public sealed class PostgresSchedulerTests(PostgresServer server) : SchedulerSuite
{
    protected override Task<StoreAddress> NewAddress() => server.NewAddress();
}

public sealed class PostgresAlertsTests(PostgresServer server) : AlertsSuite
{
    protected override Task<StoreAddress> NewAddress() => server.NewAddress();
}
