using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text;
using Clientele.Problems;

namespace Clientele.Engines;

/// <summary>Speaks SQL with a ClickHouse of any age from 18.16 on: our own embedded one or a server. Safe for many callers at once.</summary>
public sealed class EngineClient : IAsyncDisposable
{
    private readonly HttpClient http;
    private readonly EmbeddedEngine? embedded;
    private readonly EngineAddress address;

    private EngineClient(HttpClient http, EngineAddress address, EmbeddedEngine? embedded, Dialect dialect) =>
        (this.http, this.address, this.embedded, Dialect) = (http, address, embedded, dialect);

    /// <summary>The version's ways.</summary>
    public Dialect Dialect { get; private set; }

    /// <summary>True for our own engine. Only this one sees our files.</summary>
    public bool IsEmbedded => embedded is not null;

    /// <summary>The embedded engine's process, or null.</summary>
    public int? ProcessId => embedded?.ProcessId;

    /// <summary>The folder that the embedded engine leaves nothing of, or null.</summary>
    internal string? Folder => embedded?.Folder;

    /// <summary>Starts the embedded engine in a process of its own. It ends with the client, and with our process however that ends.</summary>
    /// <exception cref="ProblemException"><c>engine/missing</c>, <c>engine/not-started</c>.</exception>
    public static async Task<EngineClient> StartEmbedded(EmbeddedEngineOptions? options = null, CancellationToken cancel = default)
    {
        var engine = await EmbeddedEngine.Start(options ?? new(), cancel);
        var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, token) => engine.Connect(token), UseProxy = false, UseCookies = false });
        return await Greet(http, new(new("http://engine/"), "default", engine.Secret, Database: null), engine, cancel);
    }

    /// <summary>Connects to a ClickHouse server by HTTP.</summary>
    /// <param name="address"><c>http://user:password@host:8123/database</c>; user and password may come from CLIENTELE_ENGINE_USER and CLIENTELE_ENGINE_PASSWORD.</param>
    /// <exception cref="ProblemException"><c>engine/unreachable</c>, <c>engine/time-zone</c>, <c>engine/refused</c>.</exception>
    public static async Task<EngineClient> Connect(Uri address, CancellationToken cancel = default)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2) });
        return await Greet(http, EngineAddress.Of(address), embedded: null, cancel);
    }

    /// <summary>Runs a statement that has no rows for an answer: DDL, INSERT … SELECT.</summary>
    /// <exception cref="EngineException">The engine refused it or broke it off.</exception>
    public async Task Execute(Sql sql, SqlParameters? parameters = null, CancellationToken cancel = default)
    {
        using var response = await Ask(sql, format: "RowBinary", parameters, Guid.NewGuid(), cancel);
    }

    /// <summary>Streams the rows of a SELECT. Cast every column to the type that <paramref name="read"/> reads.</summary>
    /// <param name="sql">A SELECT without FORMAT.</param>
    /// <param name="read">Reads one row: its values, in order, all of them.</param>
    /// <param name="parameters">Values of the statement's places.</param>
    /// <param name="cancel">Stops the query in the engine too; so does leaving the loop.</param>
    public async IAsyncEnumerable<T> Query<T>(
        Sql sql, Func<RowBinaryReader, T> read, SqlParameters? parameters = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var id = Guid.NewGuid();
        using var response = await Ask(sql, "RowBinary", parameters, id, cancel);
        using var rows = new RowBinaryReader(new AnswerStream(await response.Content.ReadAsStreamAsync(cancel), broken => WhyBroken(id, sql.Name, broken)));
        while (await rows.HasRow(cancel))
            yield return read(rows);
    }

    /// <summary>Streams rows into a table.</summary>
    /// <param name="table">Its name, unquoted.</param>
    /// <param name="columns">Names, unquoted, in the order in which <paramref name="write"/> writes their values.</param>
    /// <param name="write">Writes all rows. If it throws, the insert is broken off; rows already sent may have landed.</param>
    /// <param name="cancel">Breaks the insert off.</param>
    public async Task Insert(
        string table, IReadOnlyList<string> columns, Func<RowBinaryWriter, CancellationToken, Task> write, CancellationToken cancel = default)
    {
        string insert = $"INSERT INTO {new Identifier(table)} ({string.Join(", ", columns.Select(c => new Identifier(c)))}) FORMAT RowBinary";
        using var content = new RowsContent(write, cancel);
        using var response = await Send($"INSERT INTO {table}", Guid.NewGuid(), [new("query", insert)], content, cancel);
    }

    /// <summary>Copies an answer in any format of the engine, such as Parquet or CSVWithNames.</summary>
    /// <returns>Bytes written.</returns>
    public async Task<long> CopyTo(Stream output, Sql sql, string format, SqlParameters? parameters = null, CancellationToken cancel = default)
    {
        var id = Guid.NewGuid();
        using var response = await Ask(sql, format, parameters, id, cancel);
        await using var answer = new AnswerStream(await response.Content.ReadAsStreamAsync(cancel), broken => WhyBroken(id, sql.Name, broken));
        await answer.CopyToAsync(output, cancel);
        return answer.BytesRead;
    }

    /// <summary>Gives memory that the embedded engine keeps for later queries back to the system (10 to 30 ms); a server's is its own affair.</summary>
    public async Task ReleaseMemory(CancellationToken cancel = default)
    {
        if (IsEmbedded)
            await Execute(Sql.Text("SYSTEM JEMALLOC PURGE"), cancel: cancel);
    }

    /// <summary>Ends the embedded engine; a server only loses a caller.</summary>
    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (embedded is not null)
            await embedded.DisposeAsync();
    }

    private static async Task<EngineClient> Greet(HttpClient http, EngineAddress address, EmbeddedEngine? embedded, CancellationToken cancel)
    {
        http.Timeout = Timeout.InfiniteTimeSpan;
        // Understood by every version, so it can be asked before the version is known.
        var client = new EngineClient(http, address, embedded, new(new(0, 0)));
        try
        {
            await foreach (var (version, zone) in client.Query(Sql.Text("SELECT version(), timezone()"), row => (row.ReadString(), row.ReadString()), cancel: cancel))
            {
                client.Dialect = Dialect.Of(version);
                if (!client.Dialect.TakesTimeZone && zone is not ("UTC" or "Etc/UTC" or "GMT" or "Etc/GMT" or "UCT" or "Zulu"))
                    throw new ProblemException(new("engine/time-zone", $"The ClickHouse server at {address.Shown} keeps time in {zone}; before version 23.6 only UTC gives right dates.", "Set <timezone>UTC</timezone> in its configuration."));
            }
            return client;
        }
        catch (EngineException refused) when (embedded is null)
        {
            await client.DisposeAsync();
            throw new ProblemException(new("engine/refused", $"The ClickHouse server at {address.Shown} refused us: {refused.EngineMessage}", "Check user, password and database in `engine:`."), refused);
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    private Task<HttpResponseMessage> Ask(Sql sql, string format, SqlParameters? parameters, Guid id, CancellationToken cancel)
    {
        var (statement, bound) = Dialect.Bind(sql, parameters);
        return Send(sql.Name, id, [new("default_format", format), .. bound], new StringContent(statement, Encoding.UTF8), cancel);
    }

    private async Task<HttpResponseMessage> Send(
        string name, Guid id, IEnumerable<KeyValuePair<string, string>> query, HttpContent content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address.With([new("query_id", $"{id:N}"), .. query, .. Settings])) { Content = content };
        request.Headers.Add("X-ClickHouse-User", address.User);
        request.Headers.Add("X-ClickHouse-Key", address.Password);
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        }
        catch (Exception) when (content is RowsContent { Failure: { } ours })
        {
            ExceptionDispatchInfo.Throw(ours);
            throw;
        }
        catch (OperationCanceledException) when (!IsEmbedded)
        {
            await Kill(id);
            throw;
        }
        catch (HttpRequestException broken) when (!cancel.IsCancellationRequested)
        {
            throw await NobodyThere(broken);
        }
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw EngineException.Of(await response.Content.ReadAsStringAsync(cancel), name);
    }

    // A server keeps the answer back until it is whole, because an old one writes errors among the rows. Ours streams, and tells of a late error when asked.
    private IEnumerable<KeyValuePair<string, string>> Settings => IsEmbedded ? Dialect.Settings :
    [
        new("wait_end_of_query", "1"),
        new("buffer_size", "1048576"),
        .. Dialect.Settings,
        .. Dialect.TakesTimeZone ? [new("session_timezone", "UTC")] : Array.Empty<KeyValuePair<string, string>>(),
    ];

    // Hanging up stops a query of the embedded engine, but not one of an old server. Never SYNC: some versions then don't return.
    private async Task Kill(Guid id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await Execute(Sql.Text($"KILL QUERY WHERE query_id = '{id:N}'"), cancel: patience.Token);
        }
        catch (Exception inVain) when (inVain is EngineException or ProblemException or OperationCanceledException)
        {
            // The caller wants to leave; the query may have ended by itself, or we may not be allowed to.
        }
    }

    private async Task<Exception> WhyBroken(Guid id, string name, Exception broken)
    {
        if (!IsEmbedded)
            return NoAnswer(broken);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address.Root, $"failure?query_id={id:N}"));
        request.Headers.Add("X-ClickHouse-Key", address.Password);
        try
        {
            using var response = await http.SendAsync(request);
            return response.IsSuccessStatusCode ? EngineException.Of(await response.Content.ReadAsStringAsync(), name) : NoAnswer(broken);
        }
        catch (HttpRequestException gone)
        {
            return await NobodyThere(gone);
        }
    }

    private async Task<ProblemException> NobodyThere(Exception broken) =>
        embedded is not null ? await embedded.Ended(broken) : NoAnswer(broken);

    private ProblemException NoAnswer(Exception broken) => new(
        new("engine/unreachable", $"The engine at {address.Shown} does not answer: {broken.Message}", "Check that the server runs, and the address in `engine:`."), broken);
}
