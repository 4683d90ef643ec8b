namespace Clientele.Sources;

/// <summary>What the source knows: features and stories about anything else are left out.</summary>
public sealed record SourceFields(bool Product, bool Description, bool Quantity, bool Money, bool Country, bool TimeOfDay, bool Cancellations);
