using Clientele.Engines;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>The embedded engine reads files, because no server sees them; the same one does the work unless the workspace names a server.</summary>
internal sealed class EnginePair : IAsyncDisposable
{
    private EnginePair(EngineClient reader, EngineClient worker) => (Reader, Worker) = (reader, worker);

    public EngineClient Reader { get; }
    public EngineClient Worker { get; }

    public static async Task<EnginePair> Open(WorkspaceSettings settings, int threads, CancellationToken cancel)
    {
        var reader = await EngineClient.StartEmbedded(new() { Threads = threads == 0 ? null : threads }, cancel);
        try
        {
            return new(reader, settings.Engine == "embedded" ? reader : await EngineClient.Connect(new Uri(settings.Engine), cancel));
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Worker != Reader)
            await Worker.DisposeAsync();
        await Reader.DisposeAsync();
    }
}
