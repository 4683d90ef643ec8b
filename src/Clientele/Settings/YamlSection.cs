using System.Globalization;
using System.Numerics;
using Clientele.Problems;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Clientele.Settings;

/// <summary>One mapping of a YAML file, read key by key. What is wrong is collected with its line and column, so that all of it is shown at once.</summary>
internal sealed class YamlSection
{
    private readonly string file;
    private readonly List<Problem> problems;
    private readonly Dictionary<string, (YamlScalarNode Key, YamlNode Value)> entries = [];
    private readonly HashSet<string> known = [];
    private readonly Mark start;

    private YamlSection(string file, List<Problem> problems, Mark start) => (this.file, this.problems, this.start) = (file, problems, start);

    /// <summary>The section at <paramref name="node"/>; an empty one where there is none.</summary>
    public static YamlSection From(YamlNode? node, string file, List<Problem> problems)
    {
        var section = new YamlSection(file, problems, node?.Start ?? new Mark(0, 1, 1));
        if (node is YamlMappingNode mapping)
            foreach (var (key, value) in mapping.Children)
                if (key is YamlScalarNode { Value: { } name } scalar)
                    section.entries[name] = (scalar, value);
                else
                    section.Report("config/wrong-key", "This key is not a word.", "Write it as 'key: value'.", key);
        else if (node is not null && !IsEmpty(node))
            section.Report("config/wrong-value", "A section of 'key: value' lines is expected here.", "Indent its settings below it.", node);
        return section;
    }

    public YamlSection Section(string key) => From(Take(key), file, problems);

    public IReadOnlyList<YamlSection> Sections(string key) => Take(key) switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Children.Select(node => From(node, file, problems))],
        var node => [From(node, file, problems)],
    };

    public bool Has(string key) => entries.TryGetValue(key, out var entry) && !IsEmpty(entry.Value);

    /// <summary>The key is there and switches its section off.</summary>
    public bool IsOff(string key)
    {
        known.Add(key);
        return entries.TryGetValue(key, out var entry) && entry.Value is YamlScalarNode { Value: "off" or "no" or "false" };
    }

    public string? Text(string key, string? fallback = null) => Take(key) switch
    {
        null => fallback,
        YamlScalarNode { Value: { Length: > 0 } value } => value,
        var node => Wrong(node, key, "a text", fallback),
    };

    public string Required(string key, string remedy)
    {
        if (Text(key) is { } value)
            return value;
        if (!Has(key))
            problems.Add(new("config/missing-key", $"'{key}' is missing.", remedy, PlaceOf(start)));
        return "";
    }

    /// <summary>A list, or a single text that stands for a list of one.</summary>
    public IReadOnlyList<string> Texts(string key, IReadOnlyList<string> fallback)
    {
        switch (Take(key))
        {
            case null: return fallback;
            case YamlScalarNode { Value: { Length: > 0 } value }: return [value];
            case YamlSequenceNode list when list.Children.All(child => child is YamlScalarNode { Value.Length: > 0 }):
                return [.. list.Children.Select(child => ((YamlScalarNode)child).Value!)];
            case var node: return Wrong(node, key, "a text or a list of texts", fallback);
        }
    }

    public bool Flag(string key, bool fallback) => Take(key) switch
    {
        null => fallback,
        YamlScalarNode { Value: "true" or "yes" or "on" } => true,
        YamlScalarNode { Value: "false" or "no" or "off" } => false,
        var node => Wrong(node, key, "true or false", fallback),
    };

    public T Number<T>(string key, T fallback, T least, T most) where T : struct, INumber<T> => OptionalNumber(key, least, most) ?? fallback;

    public T? OptionalNumber<T>(string key, T least, T most) where T : struct, INumber<T> => Take(key) switch
    {
        null => null,
        YamlScalarNode { Value: { } text } when T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most => value,
        var node => Wrong<T?>(node, key, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"), null),
    };

    /// <summary>A number, or null where the word stands in its place.</summary>
    public int? NumberOr(string word, string key, int? fallback, int least, int most) => Take(key) switch
    {
        null => fallback,
        YamlScalarNode { Value: { } text } when text == word => null,
        YamlScalarNode { Value: { } text } when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most => value,
        var node => Wrong(node, key, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}, or {word}"), fallback),
    };

    public DateOnly? Date(string key) => Take(key) switch
    {
        null => null,
        YamlScalarNode { Value: { } text } when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => date,
        var node => Wrong<DateOnly?>(node, key, "a date such as 2011-12-31", null),
    };

    /// <summary>A range such as <c>4..8</c>, or one number.</summary>
    public (int From, int To) Range(string key, (int From, int To) fallback, int least, int most)
    {
        if (Take(key) is not { } node)
            return fallback;
        var parts = ((node as YamlScalarNode)?.Value ?? "").Split("..", 2, StringSplitOptions.TrimEntries);
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int from)
            && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int to)
            && least <= from && from <= to && to <= most
            ? (from, to)
            : Wrong(node, key, $"a range from {least} to {most} such as {fallback.From}..{fallback.To}", fallback);
    }

    /// <summary>One of a few words.</summary>
    public string Word(string key, string fallback, params string[] valid)
    {
        if (Take(key) is not { } node)
            return fallback;
        string text = (node as YamlScalarNode)?.Value ?? "";
        if (valid.Contains(text))
            return text;
        string remedy = Nearest.To(text, valid) is { } near ? $"Did you mean '{near}'?" : $"Valid here: {string.Join(", ", valid)}.";
        Report("config/wrong-value", $"'{text}' is not a value of '{key}'.", remedy, node);
        return fallback;
    }

    public void Report(string kind, string what, string remedy, string key) =>
        Report(kind, what, remedy, entries.TryGetValue(key, out var entry) ? entry.Value : null);

    /// <summary>To be called last: every key that was not asked for is unknown.</summary>
    public void Close()
    {
        foreach (var (name, (key, _)) in entries)
            if (!known.Contains(name))
            {
                var valid = known.Order(StringComparer.Ordinal);
                string remedy = Nearest.To(name, valid) is { } near ? $"Did you mean '{near}'?" : $"Valid here: {string.Join(", ", valid)}.";
                Report("config/unknown-key", $"'{name}' is not a setting of this section.", remedy, key);
            }
    }

    private YamlNode? Take(string key)
    {
        known.Add(key);
        return entries.TryGetValue(key, out var entry) && !IsEmpty(entry.Value) ? entry.Value : null;
    }

    private T Wrong<T>(YamlNode node, string key, string expected, T fallback)
    {
        string found = node is YamlScalarNode { Value: { } value } ? $"'{value}'" : node is YamlSequenceNode ? "A list" : "A section";
        Report("config/wrong-value", $"{found} is not a value of '{key}'.", $"It takes {expected}.", node);
        return fallback;
    }

    private void Report(string kind, string what, string remedy, YamlNode? node) =>
        problems.Add(new(kind, what, remedy, PlaceOf(node?.Start ?? start)));

    private Place PlaceOf(Mark mark) => new(file, mark.Line, (int)mark.Column);

    private static bool IsEmpty(YamlNode node) => node is YamlScalarNode { Value: null or "" or "~" or "null", Style: ScalarStyle.Plain };
}
