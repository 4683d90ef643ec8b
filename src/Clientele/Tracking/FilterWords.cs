using Clientele.Problems;

namespace Clientele.Tracking;

/// <summary>The words of a filter, one after the other.</summary>
internal sealed class FilterWords
{
    private readonly string text;

    public FilterWords(string text)
    {
        this.text = text;
        SkipBlanks();
    }

    /// <summary>Of the next word, from 0.</summary>
    public int Position { get; private set; }
    public bool AtEnd => Position == text.Length;
    public string Rest => text[Position..].TrimEnd();

    public static ProblemException Wrong(int position, string what, string remedy) => new(new("usage/filter", what, remedy, new("filter", 1, position + 1)));

    /// <summary>Letters, digits and _.</summary>
    public string TakeName() => Take(c => char.IsAsciiLetterOrDigit(c) || c == '_', skip: false)
        ?? throw Wrong(Position, AtEnd ? "A field is missing." : $"A field is expected, not '{Rest}'.", "Fields are metrics.NAME, params.NAME, tags.NAME, or an attribute such as state.");

    /// <summary>Also . - / and :, or anything in double quotes or backticks.</summary>
    public string TakeLongName()
    {
        int at = Position;
        if (!AtEnd && text[Position] is '"' or '`')
            return TakeQuoted();
        return Take(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '-' or '/' or ':', skip: true) ?? throw Wrong(at, "A name is missing behind the dot.", "Write metrics.silhouette, or metrics.\"a name with blanks\".");
    }

    public bool TakeDot()
    {
        if (!AtEnd && text[Position] == '.')
        {
            Position++;
            return true;
        }
        SkipBlanks();
        return false;
    }

    public bool TakeWord(string word)
    {
        if (!text.AsSpan(Position).StartsWith(word, StringComparison.OrdinalIgnoreCase) || (Position + word.Length < text.Length && !char.IsWhiteSpace(text[Position + word.Length])))
            return false;
        Position += word.Length;
        SkipBlanks();
        return true;
    }

    public string TakeOperator()
    {
        int at = Position;
        if ((Take(c => c is '=' or '!' or '<' or '>', skip: true) ?? Take(char.IsAsciiLetter, skip: true)?.ToLowerInvariant()) is { } found && found is "=" or "!=" or ">" or ">=" or "<" or "<=" or "like" or "ilike")
            return found;
        throw Wrong(at, at == text.Length ? "A comparison is missing." : $"'{text[at..].TrimEnd()}' begins with no comparison.", "There are = != > >= < <= like ilike.");
    }

    /// <summary>A text in quotes, or whatever else stands up to the next blank.</summary>
    public (bool Quoted, string Value) TakeValue()
    {
        if (AtEnd)
            throw Wrong(Position, "A value is missing.", "Write a number such as 0.4, or a text such as 'paris'.");
        return text[Position] is '\'' or '"' ? (true, TakeQuoted()) : (false, Take(c => !char.IsWhiteSpace(c), skip: true)!);
    }

    // A quote within is written twice.
    private string TakeQuoted()
    {
        int at = Position;
        char quote = text[at];
        for (Position++; !AtEnd; Position++)
        {
            if (text[Position] != quote)
                continue;
            if (Position + 1 < text.Length && text[Position + 1] == quote)
            {
                Position++;
                continue;
            }
            string value = text[(at + 1)..Position].Replace($"{quote}{quote}", $"{quote}", StringComparison.Ordinal);
            Position++;
            SkipBlanks();
            return value;
        }
        throw Wrong(at, "This quote is never closed.", $"Close it with {quote}; a {quote} within is written twice.");
    }

    private string? Take(Func<char, bool> belongs, bool skip)
    {
        int start = Position;
        while (!AtEnd && belongs(text[Position]))
            Position++;
        if (start == Position)
            return null;
        string word = text[start..Position];
        if (skip)
            SkipBlanks();
        return word;
    }

    private void SkipBlanks()
    {
        while (!AtEnd && char.IsWhiteSpace(text[Position]))
            Position++;
    }
}
