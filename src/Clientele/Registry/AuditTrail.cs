using Clientele.Storage;

namespace Clientele.Registry;

/// <summary>The chain of entries, inside a write.</summary>
internal static class AuditTrail
{
    public static async Task Append(StoreSession store, Act by, string action, string model, long? version = null, string? alias = null, string detail = "")
    {
        var last = await store.Row($"SELECT {AuditEntry.Columns} FROM audit ORDER BY number DESC LIMIT 1", AuditEntry.Read);
        // A clock that was set back must not put a later move before an earlier one.
        long at = Math.Max(store.Now, last?.At.ToUnixTimeMilliseconds() ?? 0);
        var entry = new AuditEntry((last?.Number ?? 0) + 1, DateTimeOffset.FromUnixTimeMilliseconds(at), by.Actor, action, model, version, alias, by.Reason, detail, last?.Digest ?? AuditEntry.Beginning, "");
        await store.Execute($"INSERT INTO audit ({AuditEntry.Columns}) VALUES (@number, @at, @actor, @action, @model, @version, @alias, @reason, @detail, @previous, @digest)",
            ("number", entry.Number), ("at", at), ("actor", entry.Actor), ("action", action), ("model", model), ("version", version), ("alias", alias),
            ("reason", entry.Reason), ("detail", detail), ("previous", entry.Previous), ("digest", entry.ExpectedDigest()));
    }

    public static Task<List<AuditEntry>> Of(StoreSession store, string model) =>
        store.Rows($"SELECT {AuditEntry.Columns} FROM audit WHERE model = @model ORDER BY number", AuditEntry.Read, ("model", model));

    public static Task<List<AuditEntry>> All(StoreSession store) => store.Rows($"SELECT {AuditEntry.Columns} FROM audit ORDER BY number", AuditEntry.Read);
}

/// <summary>Who does something, and why.</summary>
public sealed record Act(string Actor, string Reason)
{
    /// <summary>By the person or service whose process this is.</summary>
    public static Act ByThisUser(string reason) => new($"{Environment.UserName}@{Environment.MachineName}", reason);
}
