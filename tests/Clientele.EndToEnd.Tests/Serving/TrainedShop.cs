using Clientele.Tests.Pipeline;

namespace Clientele.Tests.Serving;

/// <summary>A small shop that has a model, for tests that serve it. Its runs are quick, and every new model becomes the champion.</summary>
public sealed class TrainedShop : IAsyncLifetime
{
    private SmallShop shop = null!;

    /// <summary>The workspace.</summary>
    public string Folder => shop["."];

    public string this[params string[] parts] => shop[parts];

    /// <summary>What <c>clientele</c> is started in.</summary>
    public string Home => shop.Folder;

    public async ValueTask InitializeAsync()
    {
        shop = await SmallShop.Create(200);
        string path = shop["clientele.yaml"], yaml = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, $"{yaml[..yaml.IndexOf("lifetime:\n", StringComparison.Ordinal)]}lifetime: off\n{yaml[yaml.IndexOf("outputs:", StringComparison.Ordinal)..]}");
        shop.Change("evidence: full", "evidence: plain");
        shop.Change("promote: manual", "promote: auto");
        // Else a run beside the service waits for all that is at work on the machine.
        shop.Change("scheduler_nice: 10", "scheduler_nice: 0");
        foreach (string gate in new[] { "silhouette_drop", "clv_error_rise", "most_moved" })
            shop.Change($"  {gate}: ", $"  {gate}: 1 # ");
        foreach (string gate in new[] { "least_jaccard", "least_share" })
            shop.Change($"  {gate}: ", $"  {gate}: 0 # ");
        await shop.Run();
    }

    public ValueTask DisposeAsync()
    {
        shop.Dispose();
        return ValueTask.CompletedTask;
    }
}
