using Clientele.Engines;
using Clientele.Features;
using Clientele.Lifetime;

namespace Clientele.Pipeline;

/// <summary>The table <c>lifetime/clv_6m_linear</c>, one row per customer of the snapshot: what the published model says, and what was spent.</summary>
internal static class PublishedRows
{
    /// <param name="table">That it was learned from.</param>
    public static Task Write(EngineClient engine, PublishedFit fit, FeatureTable table, Stream? csv, Stream? parquet, CancellationToken cancel)
    {
        var parts = fit.Parts();
        double[] said = fit.Model.Predict(table.Values);
        OutputColumn<int>[] columns =
        [
            new("customer", "String", (writer, i) => writer.WriteString(table.Customers[i])),
            new("part", "String", (writer, i) => writer.WriteString(parts[i])),
            new("predicted_clv_6m", "Float64", (writer, i) => writer.WriteFloat64(said[i])),
            new("target_spend", "Decimal(38, 4)", (writer, i) => writer.WriteDecimal128(table.Target![i], 4)),
        ];
        return OutputTable.Write(engine, columns, Enumerable.Range(0, said.Length).ToAsyncEnumerable(), csv, parquet, cancel);
    }
}
