using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Clientele.Sources.Workbooks;

/// <summary>The rows of a sheet one after another, with cells as UTF-8 text. Rows that are not in the file are not seen.</summary>
internal sealed class SheetRows : IDisposable
{
    private const int MostColumns = 16_384;
    private const long MostLines = 1_048_576;
    private const int MostRowBytes = 64 << 20;

    private readonly Workbook book;
    private readonly CellFormat[] formats;
    private readonly WorkbookParts parts;
    private readonly XmlBytes xml;
    private readonly ArrayBufferWriter<byte> text = new(4096);
    private (int At, int Length)[] cells = new (int, int)[64];
    private bool isStarted;
    private bool isEnded;

    internal SheetRows(Workbook book, string part)
    {
        this.book = book;
        formats = [.. book.Formats];
        parts = new(book.Path);
        try
        {
            xml = new(parts.Find(part).Open);
        }
        catch
        {
            parts.Dispose();
            throw;
        }
    }

    /// <summary>The row's number in the sheet, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Cells up to the last one that is in the file.</summary>
    public int Count { get; private set; }

    /// <summary>A cell's text until the next <see cref="Read"/>; empty if there is none.</summary>
    /// <param name="column">From 0.</param>
    public ReadOnlySpan<byte> this[int column] => column < Count ? text.WrittenSpan.Slice(cells[column].At, cells[column].Length) : default;

    /// <returns>False behind the last row.</returns>
    /// <exception cref="InvalidDataException">The sheet is damaged, or larger than a sheet can be.</exception>
    public bool Read()
    {
        Array.Clear(cells, 0, Count);
        Count = 0;
        text.ResetWrittenCount();
        while (!isEnded)
        {
            if (!xml.Read())
                throw XmlBytes.Broken("it breaks off");
            if (xml.Token == XmlToken.Text)
                continue;
            if (xml.Name.SequenceEqual("sheetData"u8))
            {
                isEnded = xml.Token == XmlToken.End || xml.IsEmpty;
                isStarted = true;
            }
            else if (isStarted && xml.Token == XmlToken.Start && xml.Name.SequenceEqual("row"u8))
            {
                ReadRow();
                return true;
            }
        }
        return false;
    }

    /// <summary>The row as texts.</summary>
    public IReadOnlyList<string> Texts() => [.. Enumerable.Range(0, Count).Select(column => Encoding.UTF8.GetString(this[column]))];

    public void Dispose()
    {
        xml.Dispose();
        parts.Dispose();
    }

    private void ReadRow()
    {
        long line = Line + 1;
        var attributes = xml.Raw;
        while (XmlBytes.NextAttribute(ref attributes, out var name, out var value))
        {
            if (name is [(byte)'r'] && !(Utf8Parser.TryParse(value, out line, out int used) && used == value.Length && line > 0))
                throw XmlBytes.Broken("a row has no number");
        }
        if (line > MostLines)
            throw XmlBytes.Broken($"it has more than {MostLines:N0} rows");
        Line = line;
        if (xml.IsEmpty)
            return;
        for (int column = 0; ;)
        {
            if (!xml.Read())
                throw XmlBytes.Broken("it breaks off");
            if (xml.Token == XmlToken.Start && xml.Name is [(byte)'c'])
                column = ReadCell(column) + 1;
            else if (xml.Token == XmlToken.End && xml.Name.SequenceEqual("row"u8))
                return;
            else if (xml.Token == XmlToken.End && xml.Name.SequenceEqual("sheetData"u8))
                throw XmlBytes.Broken("its elements overlap");
        }
    }

    // Its column: where the cell says, or the place after the last one.
    private int ReadCell(int column)
    {
        var type = CellType.Number;
        int style = 0;
        var attributes = xml.Raw;
        while (XmlBytes.NextAttribute(ref attributes, out var name, out var value))
        {
            switch (name)
            {
                case [(byte)'r']:
                    column = Column(value);
                    break;
                case [(byte)'s']:
                    _ = Utf8Parser.TryParse(value, out style, out _);
                    break;
                case [(byte)'t']:
                    type = TypeOf(value);
                    break;
            }
        }
        if (column >= MostColumns)
            throw XmlBytes.Broken($"it has more than {MostColumns:N0} columns");
        if (column >= cells.Length)
            Array.Resize(ref cells, Math.Max(column + 1, cells.Length * 2));
        int start = text.WrittenCount;
        if (!xml.IsEmpty)
        {
            RichText.Append(xml, "c"u8, text);
            start = Convert(start, type, (uint)style < (uint)formats.Length ? formats[style] : CellFormat.Number);
        }
        cells[column] = (start, text.WrittenCount - start);
        Count = Math.Max(Count, column + 1);
        return text.WrittenCount <= MostRowBytes ? column : throw XmlBytes.Broken("a row is too long");
    }

    // Writes what the value means behind the value; where that begins.
    private int Convert(int start, CellType type, CellFormat format)
    {
        int length = text.WrittenCount - start;
        if (length == 0 || type == CellType.Text)
            return start;
        if (type == CellType.Number)
        {
            var to = text.GetSpan(Math.Max(length, CellText.Room));
            text.Advance(CellText.Number(text.WrittenSpan[start..], format, book.Is1904, to));
            return start + length;
        }
        var value = text.WrittenSpan[start..];
        switch (type)
        {
            case CellType.Shared:
                if (!Utf8Parser.TryParse(value.Trim(" \n\t"u8), out int index, out _) || (uint)index >= (uint)book.Strings.Count)
                    throw XmlBytes.Broken("a cell refers to a text that is not there");
                text.Write(book.Strings[index]);
                break;
            case CellType.Truth:
                text.Write(value is [(byte)'1'] || value.SequenceEqual("true"u8) ? "True"u8 : "False"u8);
                break;
            default:
                text.Write(Encoding.UTF8.GetBytes(CellText.IsoDate(Encoding.UTF8.GetString(value))));
                break;
        }
        return start + length;
    }

    private static CellType TypeOf(ReadOnlySpan<byte> value) => value switch
    {
        [(byte)'s'] => CellType.Shared,
        [(byte)'b'] => CellType.Truth,
        [(byte)'d'] => CellType.IsoDate,
        [(byte)'n'] => CellType.Number,
        _ => CellType.Text, // str, inlineStr, e
    };

    private static int Column(ReadOnlySpan<byte> reference)
    {
        int column = 0;
        int at = 0;
        for (; at < reference.Length && (reference[at] | 0x20) is >= 'a' and <= 'z' && column <= MostColumns; at++)
            column = (column * 26) + (reference[at] | 0x20) - 'a' + 1;
        return at > 0 ? column - 1 : throw XmlBytes.Broken("a cell has no column");
    }

    private enum CellType
    {
        Number,
        Text,
        Shared,
        Truth,
        IsoDate,
    }
}
