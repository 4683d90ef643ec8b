using System.Text.Json.Serialization;
using Clientele.Features;

namespace Clientele.Personas;

/// <summary>One feature of one segment beside that of all customers, in original units.</summary>
/// <param name="Effect">Cliff's delta of the members against all other customers, −1 … 1; 0 when there are no others.</param>
public sealed record FeatureProfile([property: JsonIgnore] Feature Column, Spread Segment, Spread Everyone, double Effect)
{
    public string Feature => Column.Name;
    public string Label => Column.Label;
    public string Unit => Column.Unit;
}

/// <summary>Where values lie. Quartiles are interpolated between neighbours.</summary>
public sealed record Spread(double Mean, double LowerQuartile, double Median, double UpperQuartile)
{
    /// <param name="sorted">Ascending, not empty.</param>
    /// <param name="sum">Of all values.</param>
    internal static Spread Of(ReadOnlySpan<double> sorted, double sum) =>
        new(sum / sorted.Length, Quantile(sorted, 0.25), Quantile(sorted, 0.5), Quantile(sorted, 0.75));

    private static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
