using System.Data.Common;

namespace Clientele.Storage;

/// <summary>One conversation with the store: statements with <c>@name</c> where values go, and rows read by a function.</summary>
internal sealed class StoreSession(DbConnection connection, DbTransaction? transaction, StoreDialect dialect, DateTimeOffset now, CancellationToken cancel)
{
    public StoreDialect Dialect => dialect;

    /// <summary>The moment at which this conversation began, ms since 1970 UTC.</summary>
    public long Now { get; } = now.ToUnixTimeMilliseconds();

    /// <returns>How many rows were changed.</returns>
    public async Task<int> Execute(string sql, params (string Name, object? Value)[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The same statement for many rows of values, each with the same names.</summary>
    public async Task ExecuteMany(string sql, IEnumerable<(string Name, object? Value)[]> rows)
    {
        await using var command = Command(sql, []);
        foreach (var row in rows)
        {
            command.Parameters.Clear();
            foreach (var (name, value) in row)
                Add(command, name, value);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    public async Task<List<T>> Rows<T>(string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] values)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>The first row; null where there is none.</summary>
    public async Task<T?> Row<T>(string sql, Func<DbDataReader, T> read, params (string Name, object? Value)[] values) where T : class
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? read(reader) : null;
    }

    /// <summary>A number; null where there is no row, or no number in it.</summary>
    public async Task<long?> Number(string sql, params (string Name, object? Value)[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync(cancel) is long number ? number : null;
    }

    private DbCommand Command(string sql, (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        foreach (var (name, value) in values)
            Add(command, name, value);
        return command;
    }

    private static void Add(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
        command.Parameters.Add(parameter);
    }
}
