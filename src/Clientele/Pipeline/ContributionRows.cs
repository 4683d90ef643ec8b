using Clientele.Engines;
using Clientele.Lifetime;

namespace Clientele.Pipeline;

/// <summary>The table <c>lifetime/contributions</c>: base + drivers = forecast, for every customer, not rounded.</summary>
internal static class ContributionRows
{
    public static Task Write(
        EngineClient engine, IAsyncEnumerable<ValueRow> customers, double @base, IReadOnlyList<Driver> drivers, Stream? csv, Stream? parquet, CancellationToken cancel)
    {
        OutputColumn<ValueRow>[] columns =
        [
            new("customer", "String", (writer, row) => writer.WriteString(row.Value.Customer)),
            new("forecast", "Float64", (writer, row) => writer.WriteFloat64(row.Forecast)),
            new("base", "Float64", (writer, _) => writer.WriteFloat64(@base)),
            .. drivers.Select((driver, j) => new OutputColumn<ValueRow>(driver.Name, "Float64", (writer, row) => writer.WriteFloat64(row.Parts[j]))),
        ];
        return OutputTable.Write(engine, columns, customers, csv, parquet, cancel);
    }
}
