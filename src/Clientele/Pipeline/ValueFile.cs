using System.Runtime.CompilerServices;
using Clientele.Engines;
using Clientele.Lifetime;

namespace Clientele.Pipeline;

/// <summary>Customers' values, and the parts they are made of, as rows on disk: written while customers are valued, read one by one when they are shown.</summary>
internal sealed class ValueFile(Stream to) : IDisposable
{
    private readonly RowBinaryWriter writer = new(to);

    public void Write(ValuedBlock block)
    {
        var place = block.Why.Drivers.Select((driver, j) => (driver.Name, (byte)j)).ToDictionary(StringComparer.Ordinal);
        for (int i = 0; i < block.Values.Count; i++)
        {
            var (value, rank) = block.Values[i];
            writer.WriteString(value.Customer);
            writer.WriteFloat64(block.Forecast.Mean[i]);
            foreach (double part in block.Why.Values.Row(i))
                writer.WriteFloat64(part);
            foreach (decimal amount in (ReadOnlySpan<decimal>)[value.Mean, value.Median, value.Discounted, rank])
                Amount(writer, amount);
            foreach (var interval in (ReadOnlySpan<MoneyInterval?>)[value.Likely, value.Wide])
                writer.WriteNullable(interval, (_, ends) =>
                {
                    Amount(writer, ends.Lower);
                    writer.WriteNullable(ends.Upper, Amount);
                });
            foreach (double? number in (ReadOnlySpan<double?>)[value.Orders, value.Buys, value.Alive])
                writer.WriteNullable(number, (rows, known) => rows.WriteFloat64(known));
            writer.WriteNullable(value.Risk, (rows, risk) => rows.WriteUInt8((byte)risk));
            writer.WriteNullable(value.NextOrder, (rows, day) => rows.WriteInt32(day.DayNumber));
            writer.WriteArray(value.Drivers, (rows, effect) =>
            {
                rows.WriteUInt8(place[effect.Name]);
                Amount(rows, effect.Amount);
            });
        }
    }

    public ValueTask Flush(CancellationToken cancel) => writer.Flush(cancel);

    public void Dispose() => writer.Dispose();

    /// <param name="drivers">As of the blocks that were written.</param>
    public static async IAsyncEnumerable<ValueRow> Read(Stream from, ValueDeciles deciles, IReadOnlyList<Driver> drivers, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var reader = new RowBinaryReader(from);
        while (await reader.HasRow(cancel))
        {
            string customer = reader.ReadString();
            double forecast = reader.ReadFloat64();
            double[] parts = new double[drivers.Count];
            for (int j = 0; j < parts.Length; j++)
                parts[j] = reader.ReadFloat64();
            (decimal mean, decimal median, decimal discounted, decimal rank) = (Amount(reader), Amount(reader), Amount(reader), Amount(reader));
            var (likely, wide) = (reader.ReadNullable(Interval), reader.ReadNullable(Interval));
            var (orders, buys, alive) = (Number(), Number(), Number());
            var risk = reader.ReadNullable(rows => (ChurnRisk)rows.ReadUInt8());
            var next = reader.ReadNullable(rows => DateOnly.FromDayNumber(rows.ReadInt32()));
            var effects = reader.ReadArray(rows =>
            {
                var driver = drivers[rows.ReadUInt8()];
                return new DriverEffect(driver.Name, driver.Label, Amount(rows));
            });
            yield return new(new(customer, mean, median, likely, wide, discounted, orders, buys, alive, risk, next, deciles.Of(rank), effects), forecast, parts);
        }

        double? Number() => reader.ReadNullable(rows => rows.ReadFloat64());
    }

    private static MoneyInterval Interval(RowBinaryReader rows) => new(Amount(rows), rows.ReadNullable(Amount));

    private static void Amount(RowBinaryWriter rows, decimal amount) => rows.WriteDecimal128(amount, 2);

    private static decimal Amount(RowBinaryReader rows) => rows.ReadDecimal128(2);
}

/// <param name="Forecast">The mean, not rounded.</param>
/// <param name="Parts">Of the forecast, a part per driver; with the base they add up to it.</param>
internal sealed record ValueRow(CustomerValue Value, double Forecast, IReadOnlyList<double> Parts);
