using System.Text.RegularExpressions;

namespace Clientele.Engines;

/// <summary>All that differs between engine versions. Nothing else may ask for a version.</summary>
public sealed partial record Dialect(Version Version)
{
    /// <summary>From here the server binds {name:Type}; before, we write a typed, escaped literal.</summary>
    public bool BindsParameters => Version >= new Version(19, 14);

    /// <summary>Settings that make a new engine answer as the oldest one does, sent with every request.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings => Version < new Version(23, 6) ? [] :
    [
        new("output_format_decimal_trailing_zeros", "1"),
        new("formatdatetime_parsedatetime_m_is_month_name", "0"),
        new("joined_subquery_requires_alias", "0"),
    ];

    /// <summary>From here a server reads and writes times in the zone we ask for; before, its own must be UTC.</summary>
    public bool TakesTimeZone => Version >= new Version(23, 6);

    /// <summary>Reads what version() says: <c>18.16.1</c>, <c>26.5.1.1</c>.</summary>
    public static Dialect Of(string version) => new(Version.Parse(string.Join('.', version.Trim().Split('.').Take(3))));

    /// <summary>Puts values to their places: by name where the engine binds them, else into the text.</summary>
    /// <exception cref="ArgumentException">A place has no value, or a value no place.</exception>
    internal (string Statement, IReadOnlyList<KeyValuePair<string, string>> Bound) Bind(Sql sql, SqlParameters? parameters)
    {
        var values = parameters?.Values ?? new Dictionary<string, SqlValue>();
        var used = new HashSet<string>();
        string statement = PlaceOrQuoted().Replace(sql.Statement, match =>
        {
            if (!match.Groups["name"].Success)
                return match.Value;
            string name = match.Groups["name"].Value;
            if (!values.TryGetValue(name, out var value))
                throw new ArgumentException($"{sql.Name} needs a value for {match.Value}.", nameof(parameters));
            used.Add(name);
            bool bare = value.IsName || IsAfterLimit(sql.Statement, match.Index);
            return BindsParameters ? match.Value : bare ? value.Literal : $"CAST({value.Literal}, '{match.Groups["type"].Value.Replace("'", @"\'")}')";
        });
        return values.Keys.FirstOrDefault(name => !used.Contains(name)) is { } unused
            ? throw new ArgumentException($"{sql.Name} has no place for '{unused}'.", nameof(parameters))
            : (statement, BindsParameters ? [.. values.Select(v => KeyValuePair.Create($"param_{v.Key}", v.Value.Escaped))] : []);
    }

    // An old engine takes nothing but a number there.
    private static bool IsAfterLimit(string statement, int at) =>
        statement.AsSpan(0, at).TrimEnd().EndsWith("LIMIT", StringComparison.OrdinalIgnoreCase);

    // Texts, quoted names and comments are passed over; what remains in braces is a place.
    [GeneratedRegex("""
        '(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*" | `(?:[^`\\]|\\.)*` | --[^\n]* | /\*.*?\*/
        | \{ \s* (?<name> \w+ ) \s* : \s* (?<type> [^{}]+? ) \s* \}
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline)]
    private static partial Regex PlaceOrQuoted();
}
