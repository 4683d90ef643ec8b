
namespace Clientele.Engine;

/// <summary>
/// One connection, for one request: parameters, settings and an open stream live on the connection, so it is never shared.
/// Opening and closing one takes 0.1 ms. All see the same databases and tables.
/// </summary>
internal sealed unsafe class ChdbConnection : IDisposable
{
    private readonly nint* connection;

    private ChdbConnection(nint* connection) => this.connection = connection;

    public static ChdbConnection Open()
    {
        fixed (byte* name = "clickhouse\0"u8)
        {
            byte* arguments = name;
            nint* connection = Chdb.Connect(1, &arguments);
            return connection == null
                ? throw new InvalidOperationException("The engine gave no connection.")
                : new ChdbConnection(connection);
        }
    }

    /// <summary>Runs a statement to its end; the whole answer is held in memory.</summary>
    public ChdbResult Query(string sql, string format, IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        new(Call(&Chdb.Query, sql, format, parameters));

    public ChdbResult Query(string sql) => Query(sql, "TabSeparated", []);

    /// <summary>Starts a SELECT. Only a <see cref="ChdbStream"/> may use the connection until it is disposed.</summary>
    public ChdbStream Stream(string sql, string format, IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        new(*connection, Call(&Chdb.Stream, sql, format, parameters));

    public void Dispose() => Chdb.Close(connection);

    private nint Call(
        delegate*<nint, byte*, nuint, byte*, nuint, byte**, nuint*, byte**, nuint*, nuint, nint> call,
        string sql, string format, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        int n = parameters.Count;
        using var texts = new NativeTexts([sql, format, .. parameters.Select(p => p.Key), .. parameters.Select(p => p.Value)]);
        byte** text = texts.Pointers;
        nuint* length = texts.Lengths;
        return call(
            *connection, text[0], length[0], text[1], length[1],
            text + 2, length + 2, text + 2 + n, length + 2 + n, (nuint)n);
    }
}
