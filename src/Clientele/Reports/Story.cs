using Clientele.Personas;
using Clientele.Segments;

namespace Clientele.Reports;

/// <summary>The data of a report with what several of its sections need from them.</summary>
internal sealed class Story(ReportData data)
{
    public ReportData Data { get; } = data;
    public Segmentation Segmentation => Data.Segmentation;
    public Figures Say { get; } = new(data.Settings.Currency);
    public bool HasMoney => Data.Fields.Money;

    /// <summary>Segments in the order of labels.</summary>
    public IReadOnlyList<SegmentQuality> Segments { get; } = [.. data.Segmentation.Quality.OrderBy(quality => quality.Label)];

    public IReadOnlyList<Persona> Personas { get; } = [.. data.Personas.OrderBy(persona => persona.Segment)];

    public string Name(int label) => Personas[label].Name;

    /// <summary>Share of all revenue, 0 … 1; NaN without money.</summary>
    public double RevenueShare(SegmentQuality segment)
    {
        decimal total = Segments.Sum(each => each.Revenue);
        return HasMoney && total > 0 ? (double)(segment.Revenue / total) : double.NaN;
    }
}
