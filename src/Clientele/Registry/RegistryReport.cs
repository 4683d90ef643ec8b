using System.Globalization;
using Clientele.Storage;

namespace Clientele.Registry;

/// <summary>Whether the registry is what it was made by what was done to it.</summary>
/// <param name="Entries">Of the audit.</param>
/// <param name="Head">Digest of the last entry: noted down elsewhere, it proves later that nothing up to here was changed or cut off.</param>
/// <param name="Faults">Empty: all is sound.</param>
public sealed record RegistryReport(long Entries, string Head, IReadOnlyList<string> Faults)
{
    internal static async Task<RegistryReport> Of(StoreSession store, string? head)
    {
        var entries = await AuditTrail.All(store);
        var faults = new List<string>(Chain(entries));
        if (head is not null && head != AuditEntry.Beginning && entries.All(entry => entry.Digest != head))
            faults.Add($"No entry has the digest {head}: entries were changed or cut off.");
        faults.AddRange(Differences("The version", Registered(entries), await Rows(store, "SELECT model, version, digest, deleted_at FROM model_versions", row => (Name(row), $"{row[2]}{(row[3] is null ? "" : " deleted")}"))));
        faults.AddRange(Differences("The alias", Aliases(entries), await Rows(store, "SELECT model, alias, version FROM model_aliases", row => (Name(row), $"{row[2]}"))));
        return new(entries.Count, entries.Count == 0 ? AuditEntry.Beginning : entries[^1].Digest, faults);
    }

    private static IEnumerable<string> Chain(List<AuditEntry> entries)
    {
        string previous = AuditEntry.Beginning;
        for (int i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            if (entry.Number != i + 1)
            {
                yield return $"Before entry {entry.Number} of the audit one is missing.";
                yield break;
            }
            if (entry.Previous != previous || entry.Digest != entry.ExpectedDigest())
                yield return $"Entry {entry.Number} of the audit was changed, or the one before it.";
            previous = entry.Digest;
        }
    }

    private static Dictionary<string, string> Registered(IEnumerable<AuditEntry> entries)
    {
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in entries)
            if (entry.Action == AuditActions.Registered)
                told[$"{entry.Model} {entry.Version}"] = entry.Detail;
            else if (entry.Action == AuditActions.Deleted)
                told[$"{entry.Model} {entry.Version}"] = told.GetValueOrDefault($"{entry.Model} {entry.Version}") + " deleted";
        return told;
    }

    private static Dictionary<string, string> Aliases(IEnumerable<AuditEntry> entries) =>
        entries.GroupBy(entry => entry.Model).Select(model => (model.Key, History: AliasHistory.Of(model)))
            .SelectMany(model => model.History.Aliases.Select(alias => (Name: $"{model.Key} {alias}", Version: model.History.Now(alias)!.Value.ToString(CultureInfo.InvariantCulture))))
            .ToDictionary(alias => alias.Name, alias => alias.Version, StringComparer.Ordinal);

    private static string Name(object?[] row) => $"{row[0]} {row[1]}";

    private static async Task<Dictionary<string, string>> Rows(StoreSession store, string sql, Func<object?[], (string Name, string Value)> read) =>
        (await store.Rows(sql, row =>
        {
            var cells = new object[row.FieldCount];
            row.GetValues(cells);
            return read([.. cells.Select(cell => cell is DBNull ? null : cell)]);
        })).ToDictionary(each => each.Name, each => each.Value, StringComparer.Ordinal);

    private static IEnumerable<string> Differences(string what, Dictionary<string, string> told, Dictionary<string, string> found) =>
        told.Keys.Union(found.Keys).Order(StringComparer.Ordinal).Where(name => told.GetValueOrDefault(name) != found.GetValueOrDefault(name))
            .Select(name => $"{what} {name} is not as the audit tells: it says '{told.GetValueOrDefault(name, "nothing")}', there is '{found.GetValueOrDefault(name, "nothing")}'.");
}
