using Clientele.Engines;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>
/// The embedded engine reads files, because no server sees them; the same one does the work unless the workspace names a server.
/// On a server the work has a database of its own that goes with it: nothing that is there is touched, and runs don't meet. What a killed run left there goes with the next one.
/// </summary>
internal sealed class EnginePair : IAsyncDisposable
{
    private readonly EngineClient? server;
    private readonly Identifier database;

    private EnginePair(EngineClient reader, EngineClient worker, EngineClient? server, Identifier database) =>
        (Reader, Worker, this.server, this.database) = (reader, worker, server, database);

    public EngineClient Reader { get; }
    public EngineClient Worker { get; }

    public static async Task<EnginePair> Open(WorkspaceSettings settings, int threads, CancellationToken cancel)
    {
        var reader = await EngineClient.StartEmbedded(new() { Threads = threads == 0 ? null : threads }, cancel);
        if (settings.Engine == "embedded")
            return new(reader, reader, null, default);
        try
        {
            var address = new Uri(settings.Engine);
            var server = await EngineClient.Connect(address, cancel);
            var database = await WorkDatabase.Create(server, cancel);
            return new(reader, await EngineClient.Connect(new UriBuilder(address) { Path = database.Name }.Uri, cancel), server, database);
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await Worker.DisposeAsync();
            await server.Execute(Sql.Text($"DROP DATABASE {database}"));
            await server.DisposeAsync();
        }
        await Reader.DisposeAsync();
    }
}
