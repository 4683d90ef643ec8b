using System.Collections.Concurrent;
using Clientele.Access;
using Clientele.Problems;
using Clientele.Server.Limits;
using Clientele.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Clientele.Server.Access;

/// <summary>Knows the keys, in memory, and by them who sends a request.</summary>
internal sealed class Callers(KeyRing keys, ServeSettings settings, TimeProvider clock) : IDisposable
{
    public const string KeyHeader = "X-API-Key";

    private readonly Caller thisMachine = new("this machine", Role.Admin, Allowance.OfAll(settings)), anyone = new("anyone", Role.Viewer, Allowance.OfAll(settings));
    private readonly ConcurrentDictionary<string, Allowance> allowances = new();
    private volatile KeyRing keys = keys;
    private volatile ServeSettings settings = settings;

    /// <summary>The keys as they are now.</summary>
    public void Know(KeyRing now) => keys = now;

    /// <summary>How much each has from now on.</summary>
    public void Follow(ServeSettings now)
    {
        settings = now;
        foreach (var allowance in allowances.Values.Append(thisMachine.Allowance).Append(anyone.Allowance))
            allowance.Follow(now);
    }

    /// <summary>Who sent this. While there was never a key that is this machine, and it may do everything.</summary>
    /// <returns>Why they may not come in; null: they may.</returns>
    public Refusal? Admit(HttpContext context, out Caller caller)
    {
        caller = thisMachine;
        if (keys.IsEmpty)
            return null;
        var rule = AccessRule.Of(context.GetEndpoint(), context.Request.Method);
        if (Presented(context.Request) is { } text && keys.Find(text, clock.GetUtcNow()) is { } key)
        {
            caller = new($"{key.Name} ({key.Id})", key.Role, allowances.GetOrAdd(key.Id, static (_, limits) => Allowance.OfKey(limits), settings));
            return rule.Needs is not { } role || key.Role >= role ? null : new(StatusCodes.Status403Forbidden, new(
                "access/role", $"This needs the role {Word(role)}; the key has {Word(key.Role)}.", "Ask who runs the service for a key of that role."));
        }
        if (rule.Needs is null)
        {
            caller = anyone;
            return null;
        }
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return new(StatusCodes.Status401Unauthorized, NoKey);
    }

    // Not a word about why: whoever guesses learns nothing.
    private static readonly Problem NoKey = new("access/key", "This needs an API key that is good.", "Send it as 'Authorization: Bearer KEY'. Keys are made with: clientele keys create NAME.");

    private static string? Presented(HttpRequest request)
    {
        if (request.Headers.Authorization is [{ } authorization] && authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return authorization["Bearer ".Length..].Trim();
        return request.Headers.TryGetValue(KeyHeader, out StringValues header) && header is [{ } text] ? text : null;
    }

    private static string Word(Role role) => role.ToString().ToLowerInvariant();

    public void Dispose()
    {
        foreach (var allowance in allowances.Values)
            allowance.Dispose();
        thisMachine.Allowance.Dispose();
        anyone.Allowance.Dispose();
    }
}
