using Clientele.Cleaning;
using Clientele.Lifetime;
using Clientele.Personas;
using Clientele.Segments;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Reports;

/// <summary>All that the report tells; the same data give the same bytes.</summary>
/// <param name="Personas">One per segment, in the order of labels.</param>
/// <param name="Version">Of Clientele, shown under "How this was made".</param>
public sealed record ReportData(
    WorkspaceSettings Settings, SourceFields Fields, Ledger Ledger, Segmentation Segmentation,
    IReadOnlyList<Persona> Personas, string Version)
{
    /// <summary>How often next-best products came true; null when it was not tested.</summary>
    public HitRate? HitRate { get; init; }
    /// <summary>What is offered most in every segment; empty when nothing was recommended.</summary>
    public IReadOnlyList<SegmentOffers> Offers { get; init; } = [];
    /// <summary>What customers will be worth; null when they were not valued.</summary>
    public ValuedBase? Lifetime { get; init; }
}
