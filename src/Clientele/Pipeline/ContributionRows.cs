using Clientele.Engines;
using Clientele.Lifetime;

namespace Clientele.Pipeline;

/// <summary>The table <c>lifetime/contributions</c>: base + drivers = forecast, for every customer, not rounded.</summary>
internal static class ContributionRows
{
    public static Task Write(
        EngineClient engine, IReadOnlyList<string> customers, Forecast forecast, ValueContributions why, Stream? csv, Stream? parquet, CancellationToken cancel)
    {
        OutputColumn<int>[] columns =
        [
            new("customer", "String", (writer, i) => writer.WriteString(customers[i])),
            new("forecast", "Float64", (writer, i) => writer.WriteFloat64(forecast.Mean[i])),
            new("base", "Float64", (writer, _) => writer.WriteFloat64(why.Base)),
            .. why.Drivers.Select((driver, j) => new OutputColumn<int>(driver.Name, "Float64", (writer, i) => writer.WriteFloat64(why.Values[i, j]))),
        ];
        return OutputTable.Write(engine, columns, Enumerable.Range(0, customers.Count).ToAsyncEnumerable(), csv, parquet, cancel);
    }
}
