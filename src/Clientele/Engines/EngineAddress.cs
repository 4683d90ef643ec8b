using Clientele.Problems;

namespace Clientele.Engines;

/// <summary>Where an engine answers, and as whom.</summary>
internal sealed record EngineAddress(Uri Root, string User, string Password, string? Database)
{
    /// <summary>The address without secrets, for messages.</summary>
    public string Shown => Root.ToString();

    /// <summary>Reads <c>http://user:password@host:8123/database</c>.</summary>
    public static EngineAddress Of(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
            throw new ProblemException(new("config/engine-address", $"'{address}' is not the address of a ClickHouse server.", "Write it as http://user@host:8123/database."));
        string[] user = address.UserInfo.Split(':', 2);
        string path = Uri.UnescapeDataString(address.AbsolutePath.Trim('/'));
        return new(
            new UriBuilder(address.Scheme, address.Host, address.IsDefaultPort ? 8123 : address.Port).Uri,
            Named(Uri.UnescapeDataString(user[0]), "CLIENTELE_ENGINE_USER") is { Length: > 0 } name ? name : "default",
            Named(user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "", "CLIENTELE_ENGINE_PASSWORD"),
            path.Length > 0 ? path : null);
    }

    public Uri With(IEnumerable<KeyValuePair<string, string>> query)
    {
        if (Database is not null)
            query = query.Append(new("database", Database));
        return new(Root, "?" + string.Join('&', query.Select(q => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value)}")));
    }

    private static string Named(string given, string variable) =>
        given.Length > 0 ? given : Environment.GetEnvironmentVariable(variable) ?? "";
}
