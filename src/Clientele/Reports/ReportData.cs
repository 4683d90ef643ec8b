using Clientele.Cleaning;
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
    /// <summary>How often the next-best products were bought, by segment; empty when none were recommended.</summary>
    public IReadOnlyList<NextBestScore> NextBest { get; init; } = [];
}

/// <param name="Segment">1 … k.</param>
/// <param name="Customers">On whom it was measured.</param>
/// <param name="HitRate">Share of them who bought at least one of three recommended products in the hold-out days, 0 … 1.</param>
/// <param name="BestSellers">The same with the shop's best-sellers in place of the recommended.</param>
/// <param name="Products">Recommended to most of the segment, most customers first.</param>
public sealed record NextBestScore(int Segment, int Customers, double HitRate, double BestSellers, IReadOnlyList<string> Products);
