using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Clientele.Storage;

/// <summary>
/// The database of a workspace or a team. Every write is one serialisable transaction: all of it stands, on disk, or nothing does.
/// A write may be begun again when another came between, so it touches nothing but the store.
/// </summary>
public sealed class Store : IAsyncDisposable
{
    // How often a write that others keep coming between is begun again before that is an error.
    private const int Attempts = 50;

    private readonly NpgsqlDataSource? postgres;
    private readonly StoreDialect dialect;

    private Store(StoreAddress address, TimeProvider clock)
    {
        (Address, Clock, dialect) = (address, clock, address.Dialect);
        if (dialect == StoreDialect.Postgres)
            postgres = NpgsqlDataSource.Create(address.Connection);
    }

    public StoreAddress Address { get; }
    internal TimeProvider Clock { get; }

    /// <summary>Opens the store, makes it where there is none, and brings its tables up to date.</summary>
    /// <exception cref="Problems.ProblemException"><c>store/*</c>: it cannot be reached, written or read, or is of a later version.</exception>
    public static async Task<Store> Open(StoreAddress address, TimeProvider clock, CancellationToken cancel = default)
    {
        SQLitePCL.Batteries_V2.Init();
        var store = new Store(address, clock);
        try
        {
            await using var connection = await store.Connect(cancel);
            await Migrations.Apply(connection, store.dialect, clock, cancel);
            return store;
        }
        catch (DbException wrong) when (StoreProblems.Of(wrong, address) is { } problem)
        {
            await store.DisposeAsync();
            throw problem;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Looks at one state of the store.</summary>
    internal Task<T> Read<T>(Func<StoreSession, Task<T>> look, CancellationToken cancel) => Transact(IsolationLevel.Serializable, deferred: true, look, cancel);

    internal Task<T> Write<T>(Func<StoreSession, Task<T>> change, CancellationToken cancel) => Transact(IsolationLevel.Serializable, deferred: false, change, cancel);

    internal Task Write(Func<StoreSession, Task> change, CancellationToken cancel) => Write(async session =>
    {
        await change(session);
        return 0;
    }, cancel);

    private async Task<T> Transact<T>(IsolationLevel level, bool deferred, Func<StoreSession, Task<T>> work, CancellationToken cancel)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await using var connection = await Connect(cancel);
                await using var transaction = connection is SqliteConnection sqlite ? sqlite.BeginTransaction(level, deferred) : await connection.BeginTransactionAsync(level, cancel);
                var answer = await work(new(connection, transaction, dialect, Clock.GetUtcNow(), cancel));
                await transaction.Commit(cancel);
                return answer;
            }
            catch (PostgresException between) when (between.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation && attempt < Attempts)
            {
                // Whoever waits a little longer each time lets the others finish.
                await Task.Delay(Math.Min(attempt * 2, 50), cancel);
            }
            catch (DbException wrong) when (StoreProblems.Of(wrong, Address) is { } problem)
            {
                throw problem;
            }
        }
    }

    private async Task<DbConnection> Connect(CancellationToken cancel)
    {
        if (postgres is not null)
            return await postgres.OpenConnectionAsync(cancel);
        var connection = new SqliteConnection(Address.Connection);
        await connection.OpenAsync(cancel);
        await using var settings = connection.CreateCommand();
        settings.CommandText = "PRAGMA busy_timeout = 30000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA case_sensitive_like = ON; PRAGMA cache_size = -65536;";
        await settings.ExecuteNonQueryAsync(cancel);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (postgres is not null)
            await postgres.DisposeAsync();
        else
            using (var connection = new SqliteConnection(Address.Connection))
                SqliteConnection.ClearPool(connection);
    }
}
