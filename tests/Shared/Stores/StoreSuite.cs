using Clientele.Problems;
using Clientele.Storage;
using Clientele.Tracking;

namespace Clientele.Tests.Stores;

/// <summary>A new, empty store for each test. The same tests run on every database: a class of each project says which.</summary>
public abstract class StoreSuite : IAsyncLifetime
{
    private Store? store;

    private protected FakeClock Clock { get; } = new();
    private protected Store Store => store!;
    private protected Runs Runs => new(Store);
    private protected StoreAddress Address { get; private set; } = StoreAddress.File("");

    /// <summary>Where nothing is yet.</summary>
    protected abstract Task<StoreAddress> NewAddress();

    public async ValueTask InitializeAsync()
    {
        Address = await NewAddress();
        store = await Store.Open(Address, Clock);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (store is not null)
            await store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected async Task<HeldRun> Begin(params string[] steps)
    {
        var run = await Runs.Claim((await Runs.Create(new())).Id);
        await run.Plan(steps);
        return run;
    }

    private protected static async Task Refused(string kind, Func<Task> action) =>
        Assert.Equal(kind, (await Assert.ThrowsAsync<ProblemException>(action)).Problem.Kind);
}
