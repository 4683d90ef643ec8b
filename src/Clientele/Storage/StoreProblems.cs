using System.Data.Common;
using System.Net.Sockets;
using Clientele.Problems;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Clientele.Storage;

/// <summary>What a person can put right about the store.</summary>
internal static class StoreProblems
{
    // Result codes of https://www.sqlite.org/rescode.html.
    private const int Busy = 5, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    /// <summary>The problem behind an error of the driver; null when it is ours.</summary>
    public static ProblemException? Of(DbException error, StoreAddress address) => (error switch
    {
        SqliteException { SqliteErrorCode: Busy } => new Problem("store/busy", $"Another program keeps {address} locked.", "Wait for it to finish, or end it."),
        SqliteException { SqliteErrorCode: ReadOnly or CannotOpen } => new("store/not-writable", $"The store {address} cannot be opened for writing.", "Give this user the right to write the file and its folder; looking needs it too."),
        SqliteException { SqliteErrorCode: Full or InputOutput } => new("store/full", $"The store {address} could not be written: {error.Message}", "Free some room on that disk. What was written before stands."),
        SqliteException { SqliteErrorCode: Corrupt or NotADatabase } => new("store/damaged", $"{address} is not a sound store.", "Put back a copy of it, or move it away: runs and models stay in their folders."),
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } =>
            new("store/refused", $"{address} does not let this user in.", $"Set the user in the address and {StoreAddress.PasswordVariable} in the environment."),
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => new("store/refused", $"There is no such database: {address}.", "Make it first: CREATE DATABASE."),
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => new("store/full", $"The disk of {address} is full.", "Free some room there. What was written before stands."),
        PostgresException => null,
        NpgsqlException { InnerException: SocketException or IOException or TimeoutException } => new("store/unreachable", $"{address} cannot be reached.", "Check the address, and that PostgreSQL is running there."),
        _ => null,
    }) is { } problem ? new(problem, error) : null;
}
