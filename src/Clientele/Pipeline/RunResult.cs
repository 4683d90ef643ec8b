using Clientele.Cleaning;
using Clientele.Personas;
using Clientele.Segments;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>What a finished run found, and where it stands.</summary>
/// <param name="Folder">The run's own folder; <c>runs/latest</c> points to it.</param>
/// <param name="NextBest">How well the next-best products did on the last days; null when there are no products or too few days.</param>
/// <param name="Lifetime">Null: switched off, or the source has no money.</param>
public sealed record RunResult(
    string Id, string Folder, WorkspaceSettings Settings, Ledger Ledger, Segmentation Segmentation, IReadOnlyList<Persona> Personas, HitRate? NextBest, LifetimeWork? Lifetime)
{
    /// <summary>What a person should know that went otherwise than wanted after it was done; null: nothing.</summary>
    public string? Notice { get; init; }
}
