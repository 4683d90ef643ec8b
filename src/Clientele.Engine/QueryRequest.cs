using System.Text.RegularExpressions;

namespace Clientele.Engine;

/// <summary>What the address of a request says, by the rules of ClickHouse's HTTP interface.</summary>
/// <param name="Query">The statement or its beginning; empty if the body holds all.</param>
/// <param name="Id">The caller's query_id, by which a late failure can be asked for; or empty.</param>
/// <param name="DefaultFormat">For a statement that names none.</param>
/// <param name="Database">Or empty.</param>
/// <param name="Parameters">Values of {name:Type}, as escaped text.</param>
/// <param name="Settings">All other names: settings of the engine, for this request.</param>
internal sealed partial record QueryRequest(
    string Query, string Id, string DefaultFormat, string Database,
    IReadOnlyList<KeyValuePair<string, string>> Parameters, IReadOnlyList<KeyValuePair<string, string>> Settings)
{
    // Known to a server's HTTP interface and without meaning here: an early error has its status anyhow.
    private static readonly HashSet<string> Ignored =
        ["wait_end_of_query", "buffer_size", "user", "password", "session_id", "enable_http_compression", "cancel_http_readonly_queries_on_client_close"];

    public static QueryRequest Of(HttpRequest request)
    {
        string Named(string name, string otherwise = "") => request.Query[name] is [{ Length: > 0 } value, ..] ? value : otherwise;
        var parameters = new List<KeyValuePair<string, string>>();
        var settings = new List<KeyValuePair<string, string>>();
        foreach (var (name, values) in request.Query)
        {
            if (name.StartsWith("param_", StringComparison.Ordinal))
                parameters.Add(new(name["param_".Length..], values.ToString()));
            else if (name is not ("query" or "query_id" or "default_format" or "database") && !Ignored.Contains(name))
                settings.Add(new(name, values.ToString()));
        }
        if (HttpMethods.IsGet(request.Method))
            settings.Add(new("readonly", "1"));
        return new(Named("query"), Named("query_id"), Named("default_format", "TabSeparated"), Named("database"), parameters, settings);
    }

    /// <summary>The statement that sets up a connection for this request, or the error of an impossible setting.</summary>
    /// <param name="mark">Put into log_comment, so that the running query can be found.</param>
    public (string? Sql, EngineError? Error) SetUp(string mark)
    {
        if (Settings.FirstOrDefault(s => !SettingName().IsMatch(s.Key)) is { Key: { } wrong })
            return (null, new(115, $"Unknown setting '{wrong}'", "UNKNOWN_SETTING"));
        var all = Settings.Where(s => s.Key != "log_comment").Prepend(new("log_comment", mark));
        return ($"SET {string.Join(", ", all.Select(s => $"{s.Key} = {Quoted(s.Value)}"))}", null);
    }

    /// <summary>The statement that chooses the database, or null.</summary>
    public string? Use => Database.Length == 0 ? null : $"USE `{Database.Replace("\\", @"\\").Replace("`", "\\`")}`";

    /// <summary>A text literal.</summary>
    public static string Quoted(string text) => $"'{text.Replace("\\", @"\\").Replace("'", @"\'")}'";

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex SettingName();
}
