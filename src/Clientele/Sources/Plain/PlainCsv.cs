using System.Text.Unicode;
using Clientele.Settings;

namespace Clientele.Sources;

/// <summary>Types the rows of a text file as long as all of them are plain; nothing of the engine is needed.</summary>
/// <remarks>
/// It takes fewer forms than <c>read.sql</c> and takes those the same: quantities in digits, prices with up to four decimals, dates like 2011-12-31 23:59:00, no blanks
/// around any of them. The first row of another form, or with a fault, ends it: then the engine reads the file, and it alone says what is wrong.
/// </remarks>
internal sealed class PlainCsv
{
    /// <summary>Rows of a block.</summary>
    private const int MostRows = 1 << 16;

    private const int BufferSize = 1 << 20;

    /// <summary>A line longer than this is not plain, so that a buffer holds it.</summary>
    private const int LongestLine = BufferSize / 2;

    private readonly ColumnPlan plan;
    private readonly PlainCells cells;
    private readonly Stream output;
    private readonly int headerLines;
    private readonly long skip;
    private readonly long constantQuantity;

    private readonly TextColumn invoices = new("invoice", MostRows), products = new("product", MostRows), descriptions = new("description", MostRows),
        customers = new("customer", MostRows), countries = new("country", MostRows);
    private readonly uint[] ordinals = new uint[MostRows], moments = new uint[MostRows];
    private readonly long[] quantities = new long[MostRows], money = new long[MostRows];
    private int rows;
    private long lines;

    private PlainCsv(ColumnPlan plan, CsvShape shape, long skip, long constantQuantity, Stream output)
    {
        (this.plan, this.skip, this.constantQuantity, this.output) = (plan, skip, constantQuantity, output);
        (cells, headerLines) = (new(plan.Columns, (byte)shape.Delimiter), shape.HeaderLines);
    }

    /// <summary>True if the columns don't speak against it: an invoice of its own, dates with the year first, a delimiter of one byte.</summary>
    public static bool Suits(ColumnPlan plan, CsvShape shape, ColumnMapping columns) =>
        plan.Invoice != ColumnPlan.Nowhere && columns.DateOrder == DateOrder.Iso && char.IsAscii(shape.Delimiter) && shape.Delimiter is not ('"' or '\r' or '\n' or ' ');

    /// <summary>Writes the typed rows of a file in the engine's format Native: <c>plain_lines.sql</c> names the columns.</summary>
    /// <param name="skip">Rows passed over at the start.</param>
    /// <param name="constantQuantity">For a source without quantities.</param>
    /// <returns>False if one row is not plain; what was written is then of no use.</returns>
    public static bool Convert(Stream text, ColumnPlan plan, CsvShape shape, long skip, long constantQuantity, Stream output, CancellationToken cancel) =>
        new PlainCsv(plan, shape, skip, constantQuantity, output).Convert(text, cancel);

    private bool Convert(Stream text, CancellationToken cancel)
    {
        byte[] buffer = new byte[BufferSize];
        for (int kept = 0, read; ;)
        {
            cancel.ThrowIfCancellationRequested();
            read = text.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false);
            var held = buffer.AsSpan(0, kept + read);
            bool isEnd = held.Length < buffer.Length;
            int whole = isEnd ? held.Length : held.LastIndexOf((byte)'\n') + 1;
            if (held.Length - whole > LongestLine || !Utf8.IsValid(held[..whole]) || !Lines(held[..whole]))
                return false;
            held[whole..].CopyTo(buffer);
            kept = held.Length - whole;
            if (!isEnd)
                continue;
            Flush();
            return true;
        }
    }

    private bool Lines(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)'\n');
            var line = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];
            if (++lines > headerLines && !Row(line.TrimEnd((byte)'\r'), lines - headerLines - skip))
                return false;
        }
        return true;
    }

    private bool Row(ReadOnlySpan<byte> line, long ordinal)
    {
        if (line.Trim((byte)' ').IsEmpty)
            return true;
        if (!cells.Divide(line, out var row))
            return false;
        if (ordinal <= 0)
            return true;
        var invoice = cells.Cell(row, plan.Invoice);
        var customer = OrderText.Customer(cells.Cell(row, plan.Customer));
        long quantity = constantQuantity, price = 0;
        if (ordinal > uint.MaxValue || invoice.IsEmpty || HasBlanks(invoice) || HasBlanks(customer) || !PlainNumbers.Moment(cells.Cell(row, plan.OrderedAt), out uint moment)
            || (plan.Quantity != ColumnPlan.Nowhere && !PlainNumbers.Whole(cells.Cell(row, plan.Quantity), out quantity))
            || (plan.Money != ColumnPlan.Nowhere && !PlainNumbers.Money(cells.Cell(row, plan.Money), out price))
            || Math.Abs((double)quantity * price) >= 9e17)      // read.sql draws the line at 1e14, exactly
            return false;
        invoices.Add(invoice);
        products.Add(cells.Cell(row, plan.Product));
        descriptions.Add(cells.Cell(row, plan.Description));
        customers.Add(customer);
        countries.Add(cells.Cell(row, plan.Country));
        (ordinals[rows], moments[rows], quantities[rows], money[rows]) = ((uint)ordinal, moment, quantity, price);
        if (++rows == MostRows)
            Flush();
        return true;
    }

    private void Flush()
    {
        if (rows == 0)
            return;
        NativeFormat.Head(output, 9, rows);
        NativeFormat.Column<uint>(output, "ordinal", "UInt32", ordinals.AsSpan(0, rows));
        foreach (var texts in (TextColumn[])[invoices, products, descriptions, customers, countries])
            texts.WriteTo(output);
        NativeFormat.Column<long>(output, "quantity", "Int64", quantities.AsSpan(0, rows));
        NativeFormat.Column<uint>(output, "ordered_at", "DateTime('UTC')", moments.AsSpan(0, rows));
        NativeFormat.Column<long>(output, "money", "Decimal(18, 4)", money.AsSpan(0, rows));
        rows = 0;
    }

    private static bool HasBlanks(ReadOnlySpan<byte> text) => !text.IsEmpty && (text[0] == ' ' || text[^1] == ' ');
}
