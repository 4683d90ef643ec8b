namespace Clientele.Registry;

/// <summary>Where the names of a model pointed, step by step, as its audit tells it.</summary>
internal sealed class AliasHistory
{
    // Of each name: the versions it pointed to, those that were rolled back taken off again. Empty: it points to nothing.
    private readonly Dictionary<string, Stack<long>> versions = new(StringComparer.Ordinal);

    public static AliasHistory Of(IEnumerable<AuditEntry> entries)
    {
        var history = new AliasHistory();
        foreach (var entry in entries)
            history.Follow(entry);
        return history;
    }

    public IEnumerable<string> Aliases => versions.Where(each => each.Value.Count > 0).Select(each => each.Key);

    public long? Now(string alias) => versions.TryGetValue(alias, out var stack) && stack.TryPeek(out long version) ? version : null;

    /// <summary>What it points to and pointed to, the newest first, as far as rolling back would go.</summary>
    public IEnumerable<long> Trail(string alias) => versions.TryGetValue(alias, out var stack) ? stack : [];

    private void Follow(AuditEntry entry)
    {
        if (entry.Alias is null)
            return;
        if (!versions.TryGetValue(entry.Alias, out var stack))
            versions[entry.Alias] = stack = new();
        switch (entry.Action)
        {
            case AuditActions.Moved:
                stack.Push(entry.Version!.Value);
                break;
            case AuditActions.RolledBack:
                while (stack.TryPeek(out long top) && top != entry.Version)
                    stack.Pop();
                break;
            case AuditActions.Removed:
                stack.Clear();
                break;
        }
    }
}
