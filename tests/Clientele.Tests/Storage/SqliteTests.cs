using Clientele.Storage;
using Clientele.Tests.Stores;

namespace Clientele.Tests.Storage;

public sealed class SqliteRunsTests : RunsSuite
{
    private readonly SqliteFolder folder = new();

    protected override Task<StoreAddress> NewAddress() => Task.FromResult(folder.Address);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class SqliteSearchTests : SearchSuite
{
    private readonly SqliteFolder folder = new();

    protected override Task<StoreAddress> NewAddress() => Task.FromResult(folder.Address);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class SqliteRegistryTests : RegistrySuite
{
    private readonly SqliteFolder folder = new();

    protected override Task<StoreAddress> NewAddress() => Task.FromResult(folder.Address);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class SqliteSchedulesTests : SchedulesSuite
{
    private readonly SqliteFolder folder = new();

    protected override Task<StoreAddress> NewAddress() => Task.FromResult(folder.Address);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class SqliteKeysTests : KeysSuite
{
    private readonly SqliteFolder folder = new();

    protected override Task<StoreAddress> NewAddress() => Task.FromResult(folder.Address);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class SqliteSchedulerTests : SchedulerSuite
{
    private readonly SqliteFolder folder = new();

    protected override Task<StoreAddress> NewAddress() => Task.FromResult(folder.Address);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

public sealed class SqliteAlertsTests : AlertsSuite
{
    private readonly SqliteFolder folder = new();

    protected override Task<StoreAddress> NewAddress() => Task.FromResult(folder.Address);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}
