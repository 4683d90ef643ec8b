using Clientele.Engines;

[assembly: AssemblyFixture(typeof(Clientele.Tests.Engines.EmbeddedFixture))]

namespace Clientele.Tests.Engines;

/// <summary>One embedded engine for all tests that leave it as it was; tables get names of their own.</summary>
public sealed class EmbeddedFixture : IAsyncLifetime
{
    private static int tables;

    public EngineClient Engine { get; private set; } = null!;

    /// <summary>A name that no other test has.</summary>
    public static string NewTable() => $"t{Interlocked.Increment(ref tables)}";

    public async ValueTask InitializeAsync() => Engine = await EngineClient.StartEmbedded();

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
