using System.Globalization;
using System.Text;

namespace Clientele.Engines;

/// <summary>A typed value in the two ways an engine takes it.</summary>
/// <param name="Escaped">As the value of a bound parameter: text with escapes.</param>
/// <param name="Literal">As it stands in SQL.</param>
/// <param name="IsName">True for an <see cref="Identifier"/>: no cast is written around it.</param>
internal sealed record SqlValue(string Escaped, string Literal, bool IsName = false)
{
    public static SqlValue Of(string text) => new(Escape(text, quote: null), Quoted(text));

    // A name is taken as it is, without undoing escapes.
    public static SqlValue Of(Identifier name) => new(name.Name, name.ToString(), IsName: true);

    public static SqlValue Of(long number) => Plain(number.ToString(CultureInfo.InvariantCulture));

    public static SqlValue Of(ulong number) => Plain(number.ToString(CultureInfo.InvariantCulture));

    public static SqlValue Of(double number) => Plain(number switch
    {
        double.NaN => "nan",
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        _ => number.ToString("R", CultureInfo.InvariantCulture),
    });

    // In quotes: without them an old engine would read a Float64.
    public static SqlValue Of(decimal number) => InQuotes(number.ToString(CultureInfo.InvariantCulture));

    public static SqlValue Of(DateOnly day) => InQuotes(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public static SqlValue Of(DateTime time) => InQuotes(time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));

    /// <summary>An array; its type stands where it is used.</summary>
    public static SqlValue Of(IEnumerable<SqlValue> values) => Plain($"[{string.Join(",", values.Select(v => v.Literal))}]");

    public static SqlValue Null { get; } = new(@"\N", "NULL");

    private static SqlValue Plain(string text) => new(text, text);

    private static SqlValue InQuotes(string text) => new(text, $"'{text}'");

    private static string Quoted(string text) => $"'{Escape(text, quote: '\'')}'";

    private static string Escape(string text, char? quote)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (char c in text)
        {
            _ = c switch
            {
                '\\' => escaped.Append(@"\\"),
                '\n' => escaped.Append(@"\n"),
                '\r' => escaped.Append(@"\r"),
                '\t' => escaped.Append(@"\t"),
                '\0' => escaped.Append(@"\0"),
                _ when c == quote => escaped.Append('\\').Append(c),
                _ => escaped.Append(c),
            };
        }
        return escaped.ToString();
    }
}
