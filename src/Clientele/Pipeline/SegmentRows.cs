using Clientele.Engines;
using Clientele.Features;
using Clientele.Segments;

namespace Clientele.Pipeline;

/// <summary>The table <c>segments</c>, one row per customer: from a run and from <c>predict</c> alike.</summary>
internal static class SegmentRows
{
    /// <param name="personas">Human names, segment 1 first.</param>
    public static Task Write(
        EngineClient engine, FeatureTable features, SegmentAssignment assigned, IReadOnlyList<string> personas, Stream? csv, Stream? parquet, CancellationToken cancel)
    {
        List<OutputColumn<int>> columns =
        [
            new("customer", "String", (writer, i) => writer.WriteString(features.Customers[i])),
            new("segment", "UInt32", (writer, i) => writer.WriteUInt32((uint)assigned.Labels[i] + 1)),
            new("persona", "String", (writer, i) => writer.WriteString(personas[assigned.Labels[i]])),
            new("distance", "Float64", (writer, i) => writer.WriteFloat64(assigned.Distances[i])),
            new("second_nearest", "UInt32", (writer, i) => writer.WriteUInt32((uint)assigned.SecondNearest[i] + 1)),
            new("outlier", "Bool", (writer, i) => writer.WriteBool(assigned.Outliers[i])),
            .. features.Columns.Select((column, j) => new OutputColumn<int>(column.Name, "Float64", (writer, i) => writer.WriteFloat64(features.Values[i, j]))),
        ];
        if (features.Target is { } target)
            columns.Add(new("target_spend", "Decimal(38, 4)", (writer, i) => writer.WriteDecimal128(target[i], 4)));
        return OutputTable.Write(engine, columns, Enumerable.Range(0, features.Customers.Count).ToAsyncEnumerable(), csv, parquet, cancel);
    }
}
