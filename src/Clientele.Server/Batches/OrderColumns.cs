using System.Text;
using Clientele.Features;
using Clientele.Problems;
using Clientele.Server.Models;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Server.Batches;

/// <summary>Which columns of a table of order lines hold what: under the names of a prediction's <c>orders</c>, or those of the workspace's own source.</summary>
internal sealed class OrderColumns
{
    private readonly int[] columns;
    private readonly DateOrder dates;

    private OrderColumns(int[] columns, DateOrder dates, IReadOnlyList<string> names) => (this.columns, this.dates, Names) = (columns, dates, names);

    /// <summary>Headers that are asked for.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <returns>Null: these are no order lines.</returns>
    public static OrderColumns? Of(IReadOnlyList<string> headers, ServedModel model)
    {
        var own = model.Recipe.Columns;
        string?[] names = [own.Customer, own.OrderedAt, own.Invoice, own.Product, own.Description, own.Quantity, own.Price, own.LineTotal, own.Country];
        // A file of the source has all of its columns: then a column 'product' is what the source has under that name.
        bool isSource = names.OfType<string>().All(headers.Contains);
        // Money is what it was in the source; where only the other name is there, that is meant.
        int price = Find("price", own.Price), total = Find("line_total", own.LineTotal), money = own.LineTotal is null ? Either(price, total) : Either(total, price);
        int[] columns =
        [
            Find("customer", own.Customer), Find("ordered_at", own.OrderedAt), Find("invoice", own.Invoice), Find("product", own.Product), Find("description", own.Description), Find("quantity", own.Quantity), money,
            Find("country", own.Country),
        ];
        return columns[0] < 0 || columns[1] < 0 ? null : new(columns, own.DateOrder, [.. columns.Where(column => column >= 0).Select(column => headers[column])]);

        int Find(string field, string? name) => isSource ? At(name) : Either(At(field), At(name));

        int At(string? name) => name is null ? -1 : headers.ToList().IndexOf(name);

        static int Either(int one, int other) => one >= 0 ? one : other;
    }

    /// <summary>What is wrong with a table that looks like order lines, and does not say when they were ordered; null: nothing, it does not look so.</summary>
    public static Problem? WithoutDate(IReadOnlyList<string> headers, ServedModel model)
    {
        var own = model.Recipe.Columns;
        (string Field, string? Name)[] orders = [("invoice", own.Invoice), ("product", own.Product), ("quantity", own.Quantity), ("price", own.Price), ("line_total", own.LineTotal)];
        if (headers.Contains("ordered_at") || headers.Contains(own.OrderedAt) || orders.Count(column => headers.Contains(column.Field) || (column.Name is { } name && headers.Contains(name))) < 2)
            return null;
        string date = own.OrderedAt == "ordered_at" ? "'ordered_at'" : $"'ordered_at', or '{own.OrderedAt}' as in the model's source";
        return BatchProblems.Columns("These look like order lines, but no column says when they were ordered.", $"Call it {date}. To ask about customers that the model's run assigned, send the column 'customer' alone.");
    }

    /// <summary>The words for a record that cannot be read.</summary>
    public (string Kind, string Reason) Words(RowFault fault)
    {
        var (kind, reason, remedy) = fault.Words();
        return (kind, fault != RowFault.BadDate ? $"{reason} {remedy}" : $"This is no date of the years 1970 to 2105. Write it like {(dates switch
        {
            DateOrder.DayFirst => "31/12/2011 23:59 or 2011-12-31 23:59:00",
            DateOrder.MonthFirst => "12/31/2011 23:59 or 2011-12-31 23:59:00",
            _ => "2011-12-31 or 2011-12-31 23:59:00",
        })}.");
    }

    /// <summary>Whose a record is, as a run would call them; nothing: it does not say.</summary>
    public ReadOnlySpan<byte> CustomerOf(TableCells cells, ReadOnlySpan<byte> line) => OrderText.Customer(cells.Cell(line, columns[0]));

    /// <summary>The order line of a record: its cells are read as a run reads those of the workspace's own files.</summary>
    /// <returns>What cannot be read; none: what is missing or too large is found when the customer's features are made.</returns>
    public RowFault Read(TableCells cells, ReadOnlySpan<byte> line, out OrderLine order)
    {
        order = new();
        var moment = cells.Cell(line, columns[1]);
        var quantity = cells.Cell(line, columns[5]);
        var money = cells.Cell(line, columns[6]);
        DateTime at = default;
        long units = 0;
        decimal amount = 0;
        if (moment.Length > 0 && !OrderText.Moment(moment, dates, out at))
            return RowFault.BadDate;
        if (quantity.Length > 0 && !OrderText.Quantity(quantity, out units))
            return RowFault.BadQuantity;
        if (money.Length > 0 && !OrderText.Money(money, out amount))
            return RowFault.BadMoney;
        order = new()
        {
            Invoice = Text(cells.Cell(line, columns[2])),
            OrderedAt = moment.Length > 0 ? at : null,
            Product = Text(cells.Whole(line, columns[3])),
            Description = Text(cells.Whole(line, columns[4])),
            Quantity = quantity.Length > 0 ? units : null,
            Money = money.Length > 0 ? amount : null,
            Country = Text(cells.Whole(line, columns[7])),
        };
        return RowFault.None;
    }

    private static string? Text(ReadOnlySpan<byte> cell) => cell.Length == 0 ? null : Encoding.UTF8.GetString(cell);
}
