using System.Globalization;
using Clientele.Problems;

namespace Clientele.Tracking;

/// <summary>Which runs are wanted: comparisons that all hold, such as <c>metrics.silhouette > 0.4 and params.k = '4' and tags.shop like 'K%'</c>.</summary>
public sealed record RunFilter(IReadOnlyList<RunCondition> Conditions)
{
    public static RunFilter None { get; } = new([]);

    /// <exception cref="ProblemException"><c>usage/filter</c>, with the column at which it stopped being understood.</exception>
    public static RunFilter Parse(string text)
    {
        var words = new FilterWords(text);
        if (words.AtEnd)
            return None;
        var conditions = new List<RunCondition> { Condition(words) };
        while (!words.AtEnd)
        {
            int at = words.Position;
            if (!words.TakeWord("and"))
                throw FilterWords.Wrong(at, $"'and' or the end is expected, not '{words.Rest}'.", "Comparisons are joined by 'and'; there is no 'or'.");
            conditions.Add(Condition(words));
        }
        return new(conditions);
    }

    private static RunCondition Condition(FilterWords words)
    {
        var field = RunField.Take(words);
        int at = words.Position;
        string compare = words.TakeOperator();
        if (!field.Operators.Contains(compare))
            throw FilterWords.Wrong(at, $"'{compare}' does not compare {field}.", $"It takes {string.Join(", ", field.Operators)}.");
        at = words.Position;
        var (quoted, value) = words.TakeValue();
        return field.Kind switch
        {
            FieldKind.Number when !quoted && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => new(field, compare, number),
            FieldKind.Number => throw FilterWords.Wrong(at, $"'{value}' is not a number.", $"{field} is compared to a number without quotes."),
            _ when !quoted => throw FilterWords.Wrong(at, $"{field} is a text, and {value} has no quotes.", $"Write '{value}'."),
            FieldKind.Moment => new(field, compare, Moment(value) ?? throw FilterWords.Wrong(at, $"'{value}' is not a moment.", "Write it as '2026-03-01' or '2026-03-01T08:30:00', in UTC.")),
            FieldKind.State when compare is "=" or "!=" => new(field, compare, State(words, at, value)),
            _ => new(field, compare, value),
        };
    }

    private static long? Moment(string text) =>
        DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment.ToUnixTimeMilliseconds() : null;

    private static string State(FilterWords words, int at, string text)
    {
        string[] states = Enum.GetNames<RunState>();
        return states.FirstOrDefault(state => state.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw FilterWords.Wrong(at, $"'{text}' is not a state.", Nearest.To(text, states) is { } near ? $"Did you mean '{near}'?" : $"There are: {string.Join(", ", states)}.");
    }
}

/// <param name="Operator">= != &gt; &gt;= &lt; &lt;= like ilike</param>
/// <param name="Value">A double for metrics, ms since 1970 for moments, else a text.</param>
public sealed record RunCondition(RunField Field, string Operator, object Value);
