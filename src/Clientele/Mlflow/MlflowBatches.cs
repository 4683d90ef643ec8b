using System.Text.Json;

namespace Clientele.Mlflow;

/// <summary>Cuts what is to be logged into requests that a server takes: 1,000 metrics, 100 params, 100 tags, 1,000 items and 1 MB at most.</summary>
internal static class MlflowBatches
{
    public const int MostMetrics = 1_000, MostParams = 100, MostTags = 100, MostItems = 1_000, MostBytes = 1_000_000;

    // Of the braces, names and the run's id around the items.
    private const int Envelope = 1_000;

    public static IEnumerable<MlflowBatch> Of(string run, IEnumerable<MlflowMetric> metrics, IEnumerable<MlflowPair> parameters, IEnumerable<MlflowPair> tags)
    {
        var batch = (Metrics: new List<MlflowMetric>(), Params: new List<MlflowPair>(), Tags: new List<MlflowPair>());
        int bytes = Envelope, items = 0;
        foreach (object item in parameters.Cast<object>().Concat(tags.Select(tag => new Tag(tag))).Concat(metrics))
        {
            int size = 1 + JsonSerializer.SerializeToUtf8Bytes(item is Tag wrapped ? wrapped.Pair : item, item is Tag ? typeof(MlflowPair) : item.GetType(), MlflowJson.Options).Length;
            bool full = items == MostItems || bytes + size > MostBytes
                || (item is MlflowPair && batch.Params.Count == MostParams) || (item is Tag && batch.Tags.Count == MostTags) || (item is MlflowMetric && batch.Metrics.Count == MostMetrics);
            if (full)
            {
                yield return new(run, batch.Metrics, batch.Params, batch.Tags);
                (batch, bytes, items) = (([], [], []), Envelope, 0);
            }
            switch (item)
            {
                case MlflowMetric metric: batch.Metrics.Add(metric); break;
                case Tag tag: batch.Tags.Add(tag.Pair); break;
                default: batch.Params.Add((MlflowPair)item); break;
            }
            (bytes, items) = (bytes + size, items + 1);
        }
        if (items > 0)
            yield return new(run, batch.Metrics, batch.Params, batch.Tags);
    }

    private sealed record Tag(MlflowPair Pair);
}
