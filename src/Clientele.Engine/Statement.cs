namespace Clientele.Engine;

/// <summary>What has to be known of a statement before it runs.</summary>
/// <param name="Sql">The statement; of an INSERT with data, the part before FORMAT.</param>
/// <param name="Format">The name after FORMAT, where there is one.</param>
/// <param name="Kind">How it is to be run.</param>
/// <param name="Data">Of an INSERT with data: what followed the format's name in the text.</param>
internal sealed record Statement(string Sql, string? Format, StatementKind Kind, string Data = "")
{
    // Formats whose pieces, put together, are the whole: no head, no foot.
    private static readonly HashSet<string> PiecewiseFormats = new(StringComparer.OrdinalIgnoreCase)
    {
        "RowBinary", "TabSeparated", "TSV", "TabSeparatedRaw", "TSVRaw", "CSV", "JSONEachRow", "JSONCompactEachRow", "LineAsString", "RawBLOB", "Native",
    };

    /// <summary>True if the answer may be passed on piece by piece; the engine writes head and foot of a format around every piece.</summary>
    public bool Streams(string defaultFormat) => Kind == StatementKind.Select && PiecewiseFormats.Contains(Format ?? defaultFormat);

    /// <summary>The INSERT, reading its data from a file descriptor of this process.</summary>
    public string ReadingFrom(int descriptor) => $"{Sql} FROM INFILE '/proc/self/fd/{descriptor}' FORMAT {Format}";

    /// <summary>Reads a text that must hold one statement; else an error, because the engine would run all and join their answers.</summary>
    public static (Statement? Statement, EngineError? Error) Read(string text)
    {
        var tokens = new List<Token>();
        foreach (var token in Tokens.Of(text))
        {
            tokens.Add(token);
            if (InsertedFormat(text, tokens) is { } format)
                return (OfInsert(text, tokens, format), null);
        }
        int semicolon = tokens.FindIndex(t => t.Kind == TokenKind.Semicolon);
        if (semicolon >= 0 && tokens.FindIndex(semicolon, t => t.Kind != TokenKind.Semicolon) is var next and >= 0)
            return (null, new(62, $"Syntax error (Multi-statements are not allowed): failed at position {tokens[next].Start + 1}", "SYNTAX_ERROR"));
        string sql = semicolon >= 0 ? text[..tokens[semicolon].Start] : text;
        bool selects = tokens.Count > 0 && (Is(text, tokens[0], "SELECT") || Is(text, tokens[0], "WITH") || text[tokens[0].Start] == '(')
            && !tokens.Any(t => Is(text, t, "OUTFILE"));
        return (new(sql, LastFormat(text, tokens), selects ? StatementKind.Select : StatementKind.Other), null);
    }

    // The format's name, once the tokens so far end in INSERT … FORMAT name or INSERT … VALUES.
    private static string? InsertedFormat(string text, List<Token> tokens)
    {
        if (tokens.Count < 4 || !Is(text, tokens[0], "INSERT") || tokens.Any(t => Is(text, t, "SELECT") || Is(text, t, "WITH") || Is(text, t, "INFILE")))
            return null;
        var (before, last) = (tokens[^2], tokens[^1]);
        return Is(text, last, "VALUES") && !Is(text, before, "INTO") ? "Values"
            : Is(text, before, "FORMAT") && !Is(text, tokens[^3], "INTO") ? text[last.Start..last.End]
            : null;
    }

    private static Statement OfInsert(string text, List<Token> tokens, string format)
    {
        var (before, last) = (tokens[^2], tokens[^1]);
        string sql = text[..(format == "Values" && Is(text, last, "VALUES") ? last.Start : before.Start)];
        return new(sql, format, StatementKind.InsertOfData, WithoutLineEnd(text[last.End..]));
    }

    // Data begin on the line after the format's name, if that line holds nothing else.
    private static string WithoutLineEnd(string rest)
    {
        string data = rest.TrimStart(' ', '\t', '\r', '\f');
        return data.StartsWith('\n') ? data[1..] : data;
    }

    private static string? LastFormat(string text, List<Token> tokens)
    {
        int at = tokens.FindLastIndex(t => Is(text, t, "FORMAT"));
        return at > 0 && at + 1 < tokens.Count && tokens[at + 1].Kind == TokenKind.Word ? text[tokens[at + 1].Start..tokens[at + 1].End] : null;
    }

    private static bool Is(string text, Token token, string word) =>
        token.Kind == TokenKind.Word && text.AsSpan(token.Start, token.End - token.Start).Equals(word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The ways a statement is run.</summary>
internal enum StatementKind
{
    /// <summary>Has rows for an answer, and may stream them.</summary>
    Select,

    /// <summary>Data come from the request, through a pipe.</summary>
    InsertOfData,

    /// <summary>Everything else: run to its end.</summary>
    Other,
}
