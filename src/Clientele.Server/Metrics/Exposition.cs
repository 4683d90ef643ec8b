using System.Globalization;
using System.Text;

namespace Clientele.Server.Metrics;

/// <summary>Writes Prometheus' text format 0.0.4: families one after the other, each with what it is and its samples.</summary>
internal sealed class Exposition
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder text = new();

    /// <param name="type"><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</param>
    public Exposition Family(string name, string type, string help)
    {
        text.Append("# HELP ").Append(name).Append(' ').Append(help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        return this;
    }

    public Exposition Sample(string name, double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        text.Append(name);
        Labels(labels, null);
        text.Append(' ').Append(Number(value)).Append('\n');
        return this;
    }

    public Exposition Sample(string name, Histogram histogram, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var (counts, seconds) = histogram.Read();
        long below = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            below += counts[i];
            text.Append(name).Append("_bucket");
            Labels(labels, i < Histogram.Bounds.Count ? Number(Histogram.Bounds[i]) : "+Inf");
            text.Append(' ').Append(below).Append('\n');
        }
        Sample($"{name}_sum", seconds, labels);
        return Sample($"{name}_count", below, labels);
    }

    public override string ToString() => text.ToString();

    private void Labels(ReadOnlySpan<(string Name, string Value)> labels, string? bound)
    {
        if (labels.IsEmpty && bound is null)
            return;
        text.Append('{');
        foreach (var (name, value) in labels)
            text.Append(name).Append("=\"").Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append("\",");
        if (bound is not null)
            text.Append("le=\"").Append(bound).Append("\",");
        text.Length--;
        text.Append('}');
    }

    private static string Number(double value) =>
        double.IsNaN(value) ? "NaN" : double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
