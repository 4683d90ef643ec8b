using Clientele.Features;

namespace Clientele.Personas;

/// <summary>The readable thresholds of one feature, and for every customer how many of them the value reaches.</summary>
/// <param name="Column">Index into the table's columns.</param>
/// <param name="Values">Ascending, distinct, at most 255.</param>
/// <param name="Codes">n: code ≥ j + 1 means value ≥ Values[j].</param>
internal sealed record Thresholds(int Column, double[] Values, byte[] Codes)
{
    private const int Steps = 64;

    public static Thresholds Of(FeatureTable table, int column)
    {
        var values = table.Values.Column(column);
        double[] sorted = [.. values];
        Array.Sort(sorted);
        bool whole = Array.TrueForAll(sorted, v => v == Math.Floor(v));
        double[] quantiles = [.. Enumerable.Range(1, Steps - 1).Select(i => i / (double)Steps), 0.01, 0.02, 0.98, 0.99];
        double[] thresholds =
        [
            .. quantiles.Select(q => Readable(sorted[(int)(q * (sorted.Length - 1))], whole, table.Columns[column].Unit == "share" ? 3 : 2))
                .Where(t => t > sorted[0] && t <= sorted[^1]).Distinct().Order(),
        ];
        return new(column, thresholds, [.. values.Select(v => Code(thresholds, v))]);
    }

    private static byte Code(double[] thresholds, double value)
    {
        int at = Array.BinarySearch(thresholds, value);
        return (byte)(at >= 0 ? at + 1 : ~at);
    }

    /// <summary>Two significant digits and few decimals, so that words can say it exactly; whole features keep whole numbers.</summary>
    private static double Readable(double value, bool whole, int decimals)
    {
        if (value == 0 || (whole && Math.Abs(value) < 100))
            return value;
        int digits = 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return digits > 0
            ? double.Round(value, Math.Min(digits, decimals))
            : double.Round(value / Math.Pow(10, -digits)) * Math.Pow(10, -digits);
    }
}
