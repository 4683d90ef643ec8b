using Clientele.Problems;

namespace Clientele.Tracking;

/// <summary>What a field holds.</summary>
public enum FieldKind
{
    Number,
    Text,
    Moment,
    State,
}

/// <summary>Something that runs are searched and ordered by: <c>metrics.NAME</c>, <c>params.NAME</c>, <c>tags.NAME</c>, or an attribute such as <c>state</c>.</summary>
/// <param name="Group">metrics, params, tags or attributes.</param>
public sealed record RunField(string Group, string Name, FieldKind Kind)
{
    private static readonly string[] Groups = ["metrics", "params", "tags", "attributes"];
    private static readonly string[] Numbers = ["=", "!=", ">", ">=", "<", "<="];
    private static readonly string[] Texts = ["=", "!=", "like", "ilike"];

    private static readonly Dictionary<string, FieldKind> Attributes = new()
    {
        ["id"] = FieldKind.Text,
        ["name"] = FieldKind.Text,
        ["kind"] = FieldKind.Text,
        ["experiment"] = FieldKind.Text,
        ["code_version"] = FieldKind.Text,
        ["state"] = FieldKind.State,
        ["created_at"] = FieldKind.Moment,
        ["started_at"] = FieldKind.Moment,
        ["ended_at"] = FieldKind.Moment,
    };

    internal IReadOnlyList<string> Operators => Kind is FieldKind.Number or FieldKind.Moment ? Numbers : Texts;

    public override string ToString() => Group == "attributes" ? Name : $"{Group}.{Name}";

    /// <exception cref="ProblemException"><c>usage/filter</c>.</exception>
    public static RunField Parse(string text)
    {
        var words = new FilterWords(text);
        var field = Take(words);
        return words.AtEnd ? field : throw FilterWords.Wrong(words.Position, $"'{words.Rest}' is too much.", "One field is expected, such as metrics.silhouette.");
    }

    internal static RunField Take(FilterWords words)
    {
        int at = words.Position;
        string first = words.TakeName();
        if (!words.TakeDot())
            return Attribute(words, at, first);
        if (!Groups.Contains(first))
            throw FilterWords.Wrong(at, $"'{first}' is no group of fields.", Nearest.To(first, Groups) is { } near ? $"Did you mean '{near}'?" : $"There are: {string.Join(", ", Groups)}.");
        at = words.Position;
        string name = words.TakeLongName();
        return first switch
        {
            "metrics" => new(first, name, FieldKind.Number),
            "attributes" => Attribute(words, at, name),
            _ => new(first, name, FieldKind.Text),
        };
    }

    private static RunField Attribute(FilterWords words, int at, string name) =>
        Attributes.TryGetValue(name, out var kind)
            ? new("attributes", name, kind)
            : throw FilterWords.Wrong(at, $"'{name}' is no attribute of a run.",
                Nearest.To(name, Attributes.Keys) is { } near ? $"Did you mean '{near}'?" : $"There are: {string.Join(", ", Attributes.Keys)}; others are metrics.{name}, params.{name} or tags.{name}.");
}
