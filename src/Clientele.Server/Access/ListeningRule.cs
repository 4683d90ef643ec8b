using System.Net;
using Clientele.Problems;
using Microsoft.AspNetCore.Http;

namespace Clientele.Server.Access;

/// <summary>Where the service may listen: at this machine's own addresses, and elsewhere only once somebody has a key.</summary>
internal static class ListeningRule
{
    /// <exception cref="ProblemException"><c>serve/address</c>: that is no address; <c>serve/keys</c>: nobody has a key.</exception>
    public static void Check(string urls, bool hasKey)
    {
        foreach (string url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (!hasKey && !IsThisMachine(url))
                throw new ProblemException(new(
                    "serve/keys", $"Without a key the service answers this machine alone, so it does not listen at {url}.", "Make a key first: clientele keys create NAME --role admin. Or listen at http://127.0.0.1:8080."));
    }

    /// <summary>The names among the addresses; the service may be called by them.</summary>
    public static IEnumerable<string> NamesIn(string urls) => urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(url => Parse(url).Host).Where(host => Uri.CheckHostName(host) == UriHostNameType.Dns);

    // A name that is not 'localhost' makes the server listen everywhere, whatever the name means.
    private static bool IsThisMachine(string url) => Parse(url).Host is var host && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));

    private static BindingAddress Parse(string url)
    {
        try
        {
            return BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw new ProblemException(new("serve/address", $"'{url}' is not an address to listen at.", "Write it like http://127.0.0.1:8080."));
        }
    }
}
