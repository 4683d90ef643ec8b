using Clientele.Engines;
using Clientele.Lifetime;

namespace Clientele.Pipeline;

/// <summary>The table <c>lifetime/customers</c>, one row per customer: from a run, <c>lifetime fit</c> and <c>lifetime predict</c> alike.</summary>
internal static class CustomerValueRows
{
    private const string Money = "Decimal(38, 2)", MoneyOrNull = "Nullable(Decimal(38, 2))", NumberOrNull = "Nullable(Float64)";

    /// <param name="personaOf">Of customers; null: no such column.</param>
    public static Task Write(
        EngineClient engine, IAsyncEnumerable<CustomerValue> customers, IReadOnlyDictionary<string, string>? personaOf, Stream? csv, Stream? parquet, CancellationToken cancel)
    {
        List<OutputColumn<CustomerValue>> columns =
        [
            new("customer", "String", (writer, row) => writer.WriteString(row.Customer)),
            new("clv_mean", Money, (writer, row) => writer.WriteDecimal128(row.Mean, 2)),
            new("clv_median", Money, (writer, row) => writer.WriteDecimal128(row.Median, 2)),
            Amount("clv_lower_80", row => row.Likely?.Lower), Amount("clv_upper_80", row => row.Likely?.Upper),
            Amount("clv_lower_95", row => row.Wide?.Lower), Amount("clv_upper_95", row => row.Wide?.Upper),
            new("clv_discounted", Money, (writer, row) => writer.WriteDecimal128(row.Discounted, 2)),
            Number("expected_orders", row => row.Orders), Number("p_buys", row => row.Buys), Number("p_alive", row => row.Alive),
            new("churn_risk", "String", (writer, row) => writer.WriteString(row.Risk?.ToString().ToLowerInvariant() ?? "")),
            new("next_order", "Nullable(Date)", (writer, row) => writer.WriteNullable(row.NextOrder, (to, day) => to.WriteDate(day))),
            new("decile", "UInt8", (writer, row) => writer.WriteUInt8((byte)row.Decile)),
            new("drivers", "String", (writer, row) => writer.WriteString(string.Join("; ", row.Drivers))),
        ];
        if (personaOf is not null)
            columns.Insert(1, new("persona", "String", (writer, row) => writer.WriteString(personaOf.GetValueOrDefault(row.Customer, ""))));
        return OutputTable.Write(engine, columns, customers, csv, parquet, cancel);
    }

    private static OutputColumn<CustomerValue> Amount(string name, Func<CustomerValue, decimal?> of) =>
        new(name, MoneyOrNull, (writer, row) => writer.WriteNullable(of(row), (to, amount) => to.WriteDecimal128(amount, 2)));

    private static OutputColumn<CustomerValue> Number(string name, Func<CustomerValue, double?> of) =>
        new(name, NumberOrNull, (writer, row) => writer.WriteNullable(of(row), (to, number) => to.WriteFloat64(number)));
}
