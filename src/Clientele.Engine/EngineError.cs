using System.Globalization;
using System.Text.RegularExpressions;

namespace Clientele.Engine;

/// <summary>A failure in the engine's words: <c>Code: 60. DB::Exception: … (UNKNOWN_TABLE)</c>.</summary>
internal sealed partial record EngineError(string Text)
{
    public EngineError(int code, string message, string name) : this($"Code: {code}. DB::Exception: {message} ({name})")
    {
    }

    /// <summary>The engine's code; errors may be nested, the first counts. 1001 (unknown) where the text has none.</summary>
    public int Code => CodeInText().Match(Text) is { Success: true } match
        ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        : 1001;

    /// <summary>The HTTP status that a ClickHouse server gives for the code.</summary>
    public int Status => Code switch
    {
        // Syntax, values that can't be parsed, parameters.
        6 or 25 or 26 or 27 or 33 or 38 or 41 or 53 or 56 or 57 or 62 or 72 or 117 or 167 or 168 or 456 or 457 => StatusCodes.Status400BadRequest,
        // Unknown function, column, type, table, format, database, setting.
        46 or 47 or 50 or 60 or 73 or 81 or 115 => StatusCodes.Status404NotFound,
        48 => StatusCodes.Status501NotImplemented,
        229 => StatusCodes.Status413PayloadTooLarge,
        516 => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status500InternalServerError,
    };

    [GeneratedRegex(@"^Code: (\d+)[.,]")]
    private static partial Regex CodeInText();
}
