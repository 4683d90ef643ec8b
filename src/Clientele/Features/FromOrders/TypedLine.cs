using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Features;

/// <summary>One row of the table <c>lines</c>: an order line, read as <c>read.sql</c> reads it.</summary>
/// <param name="Second">Since 1970.</param>
/// <param name="Price">As sent, or the size of the line total; ten-thousandths.</param>
/// <param name="Amount">Quantity × price, or the line total; ten-thousandths.</param>
internal readonly record struct TypedLine(
    string Invoice, bool IsCancelled, string Product, string Description, long Quantity, long Second, long Price, long Amount, string Country)
{
    /// <summary>Of money: Decimal(18, 4).</summary>
    public const int MoneyUnit = 10_000;

    private const long MostUnits = 999_999_999_999;
    private const decimal MostMoney = 100_000_000_000_000;

    /// <summary>Since 1970.</summary>
    public int Day => (int)(Second / SecondsADay);

    /// <summary>0 … 23.</summary>
    public int Hour => (int)(Second / 3_600 % 24);

    /// <summary>0 Monday … 6: the first day of 1970 was a Thursday.</summary>
    public int Weekday => (Day + 3) % 7;

    /// <summary>Ascends with time.</summary>
    public int Month => DateOnly.FromDayNumber(Epoch + Day) is var day ? day.Year * 12 + day.Month : 0;

    internal const int SecondsADay = 86_400;

    private static readonly int Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>00:00 of a day, in seconds since 1970.</summary>
    public static long MidnightOf(DateOnly day) => (long)(day.DayNumber - Epoch) * SecondsADay;

    /// <summary>A day since 1970.</summary>
    public static DateOnly DateOf(int day) => DateOnly.FromDayNumber(Epoch + day);

    /// <returns>What is wrong with it; the line counts only when that is nothing.</returns>
    public static RowFault Read(OrderLine line, string customer, ColumnMapping columns, string cancellationPrefix, out TypedLine typed)
    {
        typed = default;
        string invoice = (line.Invoice ?? "").Trim(' ');
        if (columns.Invoice is not null && invoice.Length == 0)
            return RowFault.MissingInvoice;
        if (line.OrderedAt is not { } moment)
            return RowFault.MissingDate;
        if (moment.Year is < 1970 or > 2105)
            return RowFault.BadDate;
        bool isTotal = columns.LineTotal is not null, hasMoney = isTotal || columns.Price is not null;
        if (columns.Quantity is not null && line.Quantity is null)
            return RowFault.MissingQuantity;
        long units = columns.Quantity is null ? columns.ConstantQuantity : line.Quantity!.Value;
        if (units is < -MostUnits or > MostUnits)
            return RowFault.BadQuantity;
        if (hasMoney && line.Money is null)
            return RowFault.MissingMoney;
        decimal money = hasMoney ? line.Money!.Value : 0;
        if (Math.Abs(money) >= MostMoney)
            return RowFault.BadMoney;
        money = Math.Round(money, 4, MidpointRounding.AwayFromZero);
        if (Math.Abs((double)units * (double)money) >= (double)MostMoney)
            return RowFault.TooLarge;

        long second = moment.Ticks / TimeSpan.TicksPerSecond - DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerSecond, price = (long)(money * MoneyUnit);
        if (columns.Invoice is null)
            invoice = $"{customer} {moment:yyyy-MM-dd}";
        typed = new(
            invoice, cancellationPrefix.Length > 0 && invoice.StartsWith(cancellationPrefix, StringComparison.Ordinal),
            columns.Product is null ? "" : line.Product ?? "", columns.Description is null ? "" : line.Description ?? "", units, second,
            isTotal ? Math.Abs(price) : price, isTotal ? price : units * price, columns.Country is null ? "" : line.Country ?? "");
        return RowFault.None;
    }
}
