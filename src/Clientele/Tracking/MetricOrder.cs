namespace Clientele.Tracking;

/// <summary>Which of two points of a metric is the later one: by step, then moment, then value, as MLflow's stores have it. NaN is the least value.</summary>
internal static class MetricOrder
{
    public static int Compare(MetricPoint a, MetricPoint b) =>
        a.Step != b.Step ? a.Step.CompareTo(b.Step)
        : a.At != b.At ? Nullable.Compare(a.At, b.At)
        : a.Value.CompareTo(b.Value);
}
