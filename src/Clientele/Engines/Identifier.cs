namespace Clientele.Engines;

/// <summary>A name of a table, column or database. Any text may be one; written into SQL it is always quoted.</summary>
public readonly record struct Identifier
{
    public Identifier(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Contains('\0'))
            throw new ArgumentException("A name can't hold a NUL.", nameof(name));
        Name = name;
    }

    /// <summary>The bare name.</summary>
    public string Name { get; }

    /// <summary>The name as it stands in SQL: <c>`order ``lines`</c>, with backslash and backtick escaped.</summary>
    public override string ToString() => $"`{Name.Replace("\\", @"\\").Replace("`", "\\`")}`";
}
