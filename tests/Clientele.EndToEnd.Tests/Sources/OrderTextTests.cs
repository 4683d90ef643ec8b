using System.Text;
using Clientele.Engines;
using Clientele.Features;
using Clientele.Settings;
using Clientele.Sources;
using Clientele.Tests.Engines;

namespace Clientele.Tests.Sources;

/// <summary>A line that someone sends is read as the engine reads one of a file.</summary>
public sealed class OrderTextTests(EmbeddedFixture embedded) : IClassFixture<EmbeddedFixture>, IDisposable
{
    private static readonly string[] Customers = ["c1", "17850", "17850.0", " 17850.0 ", ".0", "a.0", "1.0.0", "0.0"];

    private static readonly string[] Quantities =
    [
        "1", "-6", "007", "0", "-0", "+5", "6.0", "-6.00", "+6.", "6.", "6.5", ".0", " 1 ", "99999999999", "999999999999", "-99999999999", "-999999999999", "9999999999999", "999999999999.0", "9999999999999.0", "-", "+", "",
        "1e3", "1,000", "six", "٣",
    ];

    private static readonly string[] Prices =
    [
        "3.50", "0", "-0.0001", "12", "00.1", "123456.789", "+1", ".5", "5.", "-.5", "1.00005", "-1.00005", "1.000049999999999999999999999999999999", "0.12345678901234567890123456789", "1e3", "1.5E-2", "-2.5e1", "1e13", "1e14",
        "1e99", "12345678901234", "123456789012345", "99999999999999.9999", "1.2.3", "-", ".", "+.", " 1 ", "1,5", "£3", "", "nan", "1e", "0x1",
    ];

    private static readonly string[] Times = ["", " 10:00:00", " 9:05", " 23:59:59", "T10:15", "T10:15:30Z", " 10:00:00.123", " 10:00:00,5", " 10:00:00 UTC", " 10:00+01:00", " 24:00:00", " 10:60:00", " 10:00:60", " 10", "  10:00:00", "x"];

    private readonly OrderFiles files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData(DateOrder.Iso, "2024-01-31", "2024-1-3", "1970-01-01", "2105-12-31", "1969-12-31", "2106-01-01", "2024-02-29", "2023-02-29", "2024-13-01", "2024-00-10", "24-01-31", "31/01/2024", "2024/01/31", "1706695200", "")]
    [InlineData(DateOrder.DayFirst, "31/01/2024", "3.1.2024", "31-12-2105", "1/1/1970", "31/12/1969", "29.02.2024", "29.02.2023", "01/13/2024", "0/1/2024", "31/01/24", "1706695200", "")]
    [InlineData(DateOrder.MonthFirst, "01/31/2024", "1.3.2024", "12-31-2105", "1/1/1970", "12/31/1969", "02.29.2024", "02.29.2023", "13/01/2024", "1/0/2024", "01/31/24", "1706695200", "")]
    public async Task Every_form_of_a_cell_is_read_as_the_engine_reads_it(DateOrder order, params string[] days)
    {
        var random = new Random(7);
        (string Customer, string At, string Quantity, string Price)[] lines =
        [
            ("c1", days[0], "1", "1"),
            .. from day in days from time in Times select ("c1", day + time, "1", "1"),
            .. from quantity in Quantities select ("c1", days[0], quantity, "1"),
            .. from price in Prices select ("c1", days[0], "1", price),
            .. from customer in Customers select (customer, days[0], "1", "1"),
            .. from _ in Enumerable.Range(0, 500) select (Any(Customers), Any(days) + Any(Times), Any(Quantities), Any(Prices)),
        ];
        files.Add("orders.csv", string.Concat(lines.Select(line => $"1,\"{line.Customer}\",\"{line.At}\",tea,\"{line.Quantity}\",\"{line.Price}\"\n").Prepend($"{OrderFiles.Header}\n")));
        var columns = OrderFiles.Columns with { DateOrder = order };

        var engine = embedded.Engine;
        await SourceReader.Read(engine, engine, files.Folder, OrderFiles.Settings("orders.csv") with { Columns = columns }, PlainSources.None, null, default);

        var theirs = await engine.Query(Sql.Text("SELECT customer, fault, quantity, toUnixTimestamp(ordered_at), price FROM lines ORDER BY row"),
            row => (row.ReadString(), Fault: (RowFault)row.ReadUInt8(), row.ReadInt64(), row.ReadUInt32(), row.ReadDecimal64(4))).ToListAsync();
        Assert.Equal(lines.Length, theirs.Count);
        Assert.True(theirs.Count(line => line.Fault == RowFault.None) > 100);
        foreach (var (line, engines) in lines.Zip(theirs))
        {
            var (customer, fault, typed) = Read(line.Customer, line.At, line.Quantity, line.Price, columns);
            if (fault != engines.Fault || (fault == RowFault.None && (customer, fault, typed.Quantity, (uint)typed.Second, typed.Price / 10_000m) != engines))
                Assert.Fail($"{line}: {(customer, fault, typed)} is not {engines}.");
        }

        string Any(string[] texts) => texts[random.Next(random.Next(2) == 0 ? Math.Min(3, texts.Length) : texts.Length)];
    }

    private static (string Customer, RowFault Fault, TypedLine Typed) Read(string customer, string at, string quantity, string price, ColumnMapping columns)
    {
        string who = Encoding.UTF8.GetString(OrderText.Customer(Cell(customer)));
        var (moment, units, amount) = (default(DateTime), 0L, 0m);
        var fault = Cell(at) is { Length: > 0 } date && !OrderText.Moment(date, columns.DateOrder, out moment) ? RowFault.BadDate
            : Cell(quantity) is { Length: > 0 } whole && !OrderText.Quantity(whole, out units) ? RowFault.BadQuantity
            : Cell(price) is { Length: > 0 } money && !OrderText.Money(money, out amount) ? RowFault.BadMoney : RowFault.None;
        var order = new OrderLine { Invoice = "1", OrderedAt = Cell(at).Length > 0 ? moment : null, Quantity = Cell(quantity).Length > 0 ? units : null, Money = Cell(price).Length > 0 ? amount : null };
        if (fault != RowFault.None)
            return (who, First(fault, order), default);
        return (who, TypedLine.Read(order, who, columns, "C", out var typed), typed);
    }

    // Of several faults the one that the engine finds first.
    private static RowFault First(RowFault fault, OrderLine order) =>
        order.OrderedAt is null ? RowFault.MissingDate : fault > RowFault.MissingQuantity && order.Quantity is null ? RowFault.MissingQuantity : fault > RowFault.MissingMoney && order.Money is null ? RowFault.MissingMoney : fault;

    private static ReadOnlySpan<byte> Cell(string text) => Encoding.UTF8.GetBytes(text).AsSpan().Trim((byte)' ');
}
