using System.Globalization;
using System.Text.RegularExpressions;

namespace Clientele.Engines;

/// <summary>The engine refused or broke off a statement.</summary>
/// <param name="code">ClickHouse's number: 62 syntax, 60 unknown table, 241 memory, 159 time, 394 cancelled …</param>
/// <param name="engineMessage">The engine's own words.</param>
/// <param name="statement">Name of the SQL file, or the text's beginning.</param>
public sealed partial class EngineException(int code, string engineMessage, string statement)
    : Exception($"{statement}: {engineMessage}")
{
    /// <summary>An answer in which no code was found.</summary>
    public const int Unknown = 1001;

    public int Code { get; } = code;

    public string EngineMessage { get; } = engineMessage;

    /// <summary>Reads an error as either engine writes it: <c>Code: 60. DB::Exception: …</c>, <c>Code: 60, e.displayText() = …</c>. Of nested ones the first counts.</summary>
    internal static EngineException Of(string text, string statement) =>
        CodeInText().Match(text) is { Success: true } match
            ? new(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), text.Trim(), statement)
            : new(Unknown, text.Trim(), statement);

    [GeneratedRegex(@"^Code: (\d+)[.,]")]
    private static partial Regex CodeInText();
}
