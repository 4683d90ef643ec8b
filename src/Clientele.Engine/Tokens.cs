namespace Clientele.Engine;

/// <summary>A bare word outside brackets, quotes and comments, or a semicolon, or anything else that counts.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End);

internal enum TokenKind
{
    Word,
    Semicolon,
    Other,
}

/// <summary>Cuts SQL so far that keywords and the end of a statement can be told from text, names and comments.</summary>
internal static class Tokens
{
    /// <summary>The tokens outside all brackets; what stands in brackets is one <see cref="TokenKind.Other"/> per bracket.</summary>
    public static IEnumerable<Token> Of(string sql)
    {
        int depth = 0;
        for (int at = 0; at < sql.Length;)
        {
            int start = at;
            at = End(sql, start);
            char c = sql[start];
            if (char.IsWhiteSpace(c) || IsComment(sql, start))
                continue;
            if (c is '(' or '[' or '{')
                depth++;
            if (depth == 0 || c is ')' or ']' or '}')
                yield return new(Kind(c), start, at);
            if (c is ')' or ']' or '}' && depth > 0)
                depth--;
        }
    }

    private static TokenKind Kind(char first) =>
        first == ';' ? TokenKind.Semicolon : IsWord(first) ? TokenKind.Word : TokenKind.Other;

    private static bool IsWord(char c) => c == '_' || char.IsAsciiLetterOrDigit(c);

    private static bool IsComment(string sql, int at) =>
        sql[at] == '#' || Starts(sql, at, "--") || Starts(sql, at, "/*");

    private static bool Starts(string sql, int at, string text) => string.CompareOrdinal(sql, at, text, 0, text.Length) == 0;

    private static int End(string sql, int start) => sql[start] switch
    {
        '\'' or '"' or '`' => EndOfQuoted(sql, start),
        '$' => EndOfDocument(sql, start),
        '#' => EndAfter(sql, start, "\n"),
        '-' when Starts(sql, start, "--") => EndAfter(sql, start, "\n"),
        '/' when Starts(sql, start, "/*") => EndAfter(sql, start + 2, "*/"),
        var c when IsWord(c) => EndOfWord(sql, start),
        _ => start + 1,
    };

    private static int EndOfWord(string sql, int start)
    {
        int at = start;
        while (at < sql.Length && IsWord(sql[at]))
            at++;
        return at;
    }

    // A doubled quote ends one text and begins the next: the same to us.
    private static int EndOfQuoted(string sql, int start)
    {
        int at = start + 1;
        while (at < sql.Length && sql[at] != sql[start])
            at += sql[at] == '\\' ? 2 : 1;
        return Math.Min(at + 1, sql.Length);
    }

    // $tag$ … $tag$
    private static int EndOfDocument(string sql, int start)
    {
        int tagEnd = EndOfWord(sql, start + 1);
        return tagEnd < sql.Length && sql[tagEnd] == '$' ? EndAfter(sql, tagEnd + 1, sql[start..(tagEnd + 1)]) : start + 1;
    }

    private static int EndAfter(string sql, int start, string mark) =>
        sql.IndexOf(mark, start, StringComparison.Ordinal) is var at and >= 0 ? at + mark.Length : sql.Length;
}
