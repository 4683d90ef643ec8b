using Clientele.Engines;
using Clientele.Features;

namespace Clientele.Pipeline;

/// <summary>Tells the engine who belongs where.</summary>
internal static class SegmentTable
{
    /// <param name="labels">0 … k−1; the engine gets 1 … k.</param>
    public static async Task Create(
        EngineClient engine, Identifier table, FeatureTable features, IReadOnlyList<int> labels, IReadOnlyList<bool> outliers, CancellationToken cancel)
    {
        await engine.Execute(Sql.Text($"DROP TABLE IF EXISTS {table}"), cancel: cancel);
        await engine.Execute(Sql.Text($"CREATE TABLE {table} (customer String, segment UInt32, outlier UInt8) ENGINE = Memory"), cancel: cancel);
        await engine.Insert(table.Name, ["customer", "segment", "outlier"], (writer, _) =>
        {
            for (int i = 0; i < labels.Count; i++)
            {
                writer.WriteString(features.Customers[i]);
                writer.WriteUInt32((uint)labels[i] + 1);
                writer.WriteBool(outliers[i]);
            }
            return Task.CompletedTask;
        }, cancel);
    }
}
