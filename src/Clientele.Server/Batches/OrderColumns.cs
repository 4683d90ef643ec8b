using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Clientele.Features;
using Clientele.Server.Models;

namespace Clientele.Server.Batches;

/// <summary>Which columns of a table of order lines hold what: under the names of a prediction's <c>orders</c>, or those of the workspace's own source.</summary>
internal sealed class OrderColumns
{
    private static readonly string[] Fields = ["customer", "ordered_at", "invoice", "product", "description", "quantity", "price", "line_total", "country"];

    private readonly int[] columns;

    private OrderColumns(int[] columns, IReadOnlyList<string> names) => (this.columns, Names) = (columns, names);

    /// <summary>Headers that are asked for.</summary>
    public IReadOnlyList<string> Names { get; }
    public int Customer => columns[0];

    /// <returns>Null: these are no order lines.</returns>
    public static OrderColumns? Of(IReadOnlyList<string> headers, ServedModel model)
    {
        var mapped = model.Recipe.Columns;
        string?[] own = [mapped.Customer, mapped.OrderedAt, mapped.Invoice, mapped.Product, mapped.Description, mapped.Quantity, mapped.Price, mapped.LineTotal, mapped.Country];
        // A file of the source has all of its columns: then a column 'product' is what the source has under that name.
        bool isSource = own.OfType<string>().All(headers.Contains);
        int[] columns = [.. Fields.Zip(own, (field, name) => isSource ? At(name) : At(field) is >= 0 and var at ? at : At(name))];
        return columns[0] < 0 || columns[1] < 0 ? null : new(columns, [.. columns.Where(column => column >= 0).Select(column => headers[column])]);

        int At(string? name) => name is null ? -1 : headers.ToList().IndexOf(name);
    }

    /// <summary>The order line of a record.</summary>
    /// <returns>What is wrong with it, in words; null: nothing, so far.</returns>
    public string? Read(TableCells cells, ReadOnlySpan<byte> line, out OrderLine order)
    {
        order = new();
        var moment = cells.Cell(line, columns[1]);
        var quantity = cells.Cell(line, columns[5]);
        var money = cells.Cell(line, columns[6]) is { Length: > 0 } price ? price : cells.Cell(line, columns[7]);
        DateTime at = default;
        long units = 0;
        decimal amount = 0;
        if (moment.Length > 0 && !Predictions.OrderLines.TryMoment(Encoding.UTF8.GetString(moment), out at))
            return "ordered_at: this must be a moment such as 2011-12-01T08:26:00, without a zone.";
        if (quantity.Length > 0 && !(Utf8Parser.TryParse(quantity, out units, out int read) && read == quantity.Length))
            return "quantity: this must be a whole number.";
        if (money.Length > 0 && !decimal.TryParse(money, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount))
            return "price: this must be an amount such as 2.55.";
        order = new()
        {
            Invoice = Text(cells.Cell(line, columns[2])),
            OrderedAt = moment.Length > 0 ? at : null,
            Product = Text(cells.Cell(line, columns[3])),
            Description = Text(cells.Cell(line, columns[4])),
            Quantity = quantity.Length > 0 ? units : null,
            Money = money.Length > 0 ? amount : null,
            Country = Text(cells.Cell(line, columns[8])),
        };
        return null;
    }

    private static string? Text(ReadOnlySpan<byte> cell) => cell.Length == 0 ? null : Encoding.UTF8.GetString(cell);
}
