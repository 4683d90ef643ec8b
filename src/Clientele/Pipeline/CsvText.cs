using System.Globalization;

namespace Clientele.Pipeline;

/// <summary>Lines of a CSV file for people and spreadsheets: quoted by RFC 4180, text that a spreadsheet would run as a formula disarmed by an apostrophe.</summary>
internal static class CsvText
{
    public static string Line(params object?[] cells) => string.Join(',', cells.Select(Cell)) + "\n";

    private static string Cell(object? value) => value switch
    {
        null => "",
        string text => Quote(Disarm(text)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quote(Disarm(value.ToString() ?? "")),
    };

    // A plain negative number stays one.
    private static string Disarm(string text) =>
        text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\0' && !double.TryParse(text, CultureInfo.InvariantCulture, out _) ? "'" + text : text;

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
