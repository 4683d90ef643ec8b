using Clientele.Problems;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Clientele.Storage;

/// <summary>Where the store is: a file of the workspace, or a PostgreSQL database. Shown without its password.</summary>
public sealed record StoreAddress
{
    /// <summary>The store of a workspace that names no other.</summary>
    public const string FileName = "clientele.db";
    /// <summary>In place of what <c>store:</c> says.</summary>
    public const string Variable = "CLIENTELE_STORE";
    /// <summary>The password of a PostgreSQL store; it does not belong in a settings file.</summary>
    public const string PasswordVariable = "CLIENTELE_STORE_PASSWORD";
    /// <summary>A file whose first line is the password.</summary>
    public const string PasswordFileVariable = "CLIENTELE_STORE_PASSWORD_FILE";

    private StoreAddress(StoreDialect dialect, string connection, string shown) => (Dialect, Connection, Shown) = (dialect, connection, shown);

    internal StoreDialect Dialect { get; }
    /// <summary>What the driver takes; it may hold a password and is shown nowhere.</summary>
    internal string Connection { get; }
    /// <summary>For people.</summary>
    public string Shown { get; }

    public override string ToString() => Shown;

    /// <summary>The store of a workspace: what the environment says, else its settings, else a file in it.</summary>
    /// <param name="setting">The value of <c>store:</c>; empty: none.</param>
    public static StoreAddress Of(string workspace, string setting) =>
        (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } address ? address : setting) is { Length: > 0 } text
            ? Parse(text, workspace)
            : File(Path.Combine(workspace, FileName));

    public static StoreAddress File(string path) => new(
        StoreDialect.Sqlite, new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = 30 }.ConnectionString, path);

    /// <param name="text"><c>postgres://user@host:5432/database</c>, with <c>?schema=</c>, <c>host=</c> (a socket's folder) or <c>sslmode=</c> where wanted; or the path of a file.</param>
    /// <param name="workspace">That a path starts from.</param>
    /// <exception cref="ProblemException"><c>store/address</c>.</exception>
    public static StoreAddress Parse(string text, string workspace)
    {
        if (!text.Contains("://", StringComparison.Ordinal))
            return File(Path.Combine(workspace, text));
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql") || uri.AbsolutePath.Length < 2)
            throw Wrong("A store is a file, or a database such as postgres://user@host:5432/database.");
        var user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Length > 0 ? uri.Host : "localhost",
            Port = uri.Port > 0 ? uri.Port : NpgsqlConnection.DefaultPort,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
            Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : Password(),
            ApplicationName = "clientele",
        };
        foreach (string[] option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)))
            Take(builder, option[0], Uri.UnescapeDataString(option[^1]));
        return new(StoreDialect.Postgres, builder.ConnectionString, new UriBuilder(uri) { UserName = user[0], Password = "" }.Uri.ToString());
    }

    private static void Take(NpgsqlConnectionStringBuilder builder, string name, string value)
    {
        switch (name)
        {
            case "schema" when value.Length > 0 && value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'): builder.SearchPath = value; break;
            case "host": builder.Host = value; break;
            case "sslmode" when Enum.TryParse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var mode): builder.SslMode = mode; break;
            default: throw Wrong($"'{name}={value}' is not an option of a store's address: schema, host and sslmode are.");
        }
    }

    private static string? Password() =>
        Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } password ? password
        : Environment.GetEnvironmentVariable(PasswordFileVariable) is { Length: > 0 } file ? System.IO.File.ReadLines(file).FirstOrDefault()
        : null;

    private static ProblemException Wrong(string what) =>
        new(new("store/address", what, $"Correct 'store' in clientele.yaml, or {Variable} in the environment."));
}
