namespace Clientele.Artifacts;

/// <summary>What a step left, and from what.</summary>
/// <param name="Key">Digest of the <paramref name="Parts"/>.</param>
/// <param name="Parts">All that the outputs depend on: version, seed, settings, inputs, and the keys of the steps before.</param>
/// <param name="Outputs">By name.</param>
/// <param name="Outcome">For people.</param>
internal sealed record StepManifest(
    int Schema, string Step, string Key, IReadOnlyDictionary<string, string> Parts, IReadOnlyDictionary<string, StoredObject> Outputs, string Outcome)
{
    public const int CurrentSchema = 1;
}
