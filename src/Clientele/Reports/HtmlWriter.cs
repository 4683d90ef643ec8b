using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Clientele.Reports;

/// <summary>Writes HTML in which every hole of an interpolated string is escaped; only literals of the program are markup.</summary>
internal sealed class HtmlWriter(TextWriter to)
{
    /// <summary>Writes markup: literals as they are, holes escaped and culture-invariant.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "The compiler hands this writer to the markup, which writes while it is put together.")]
    public void Write([InterpolatedStringHandlerArgument("")] ref Markup markup) { }

    /// <summary>Sets in a trusted text of the program as it is.</summary>
    public void Raw(string trusted) => to.Write(trusted);

    private void Literal(string text) => to.Write(text);

    // Quotes too, so that one rule serves text and attributes. Control characters are not allowed in HTML;
    // the line separators U+2028 and U+2029 are, but not everywhere, and bidi overrides would turn what follows round.
    private void Text(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            switch (c)
            {
                case '&': to.Write("&amp;"); break;
                case '<': to.Write("&lt;"); break;
                case '>': to.Write("&gt;"); break;
                case '"': to.Write("&quot;"); break;
                case '\'': to.Write("&#39;"); break;
                case '\u2028' or '\u2029' or '\n' or '\r' or '\t': to.Write(' '); break;
                case (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'): break;
                case < ' ' or (>= '\u007F' and <= '\u009F'): to.Write('\uFFFD'); break;
                default: to.Write(c); break;
            }
        }
    }

    /// <summary>What the compiler turns <c>$"…"</c> into when it is written to a page.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Markup
    {
        private readonly HtmlWriter page;

        public Markup(int literalLength, int holes, HtmlWriter page) => this.page = page;

        public void AppendLiteral(string literal) => page.Literal(literal);
        public void AppendFormatted(string? text) => page.Text(text);
        public void AppendFormatted<T>(T value, string? format = null) where T : IFormattable =>
            page.Text(value.ToString(format, CultureInfo.InvariantCulture));
    }
}
