using System.Text.Json;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>What a run was made from and what it made. The same inputs, settings and version give the same bytes.</summary>
/// <param name="Settings">Digest of all settings, defaults and overrides too; the seed is one of them.</param>
/// <param name="Inputs">Source files as named in the workspace, with their SHA-256.</param>
/// <param name="Artifacts">Files of the run with their SHA-256.</param>
public sealed record Manifest(int Schema, string Version, ulong Seed, string Settings, IReadOnlyDictionary<string, string> Inputs, IReadOnlyDictionary<string, string> Artifacts)
{
    public const string Name = "manifest.json";
    private const int CurrentSchema = 1;

    /// <param name="artifacts">Digests by name.</param>
    internal static Manifest Of(WorkspaceSettings settings, IReadOnlyDictionary<string, string> inputs, IReadOnlyDictionary<string, string> artifacts) => new(
        CurrentSchema, ProductVersion.Text, settings.Seed, Digests.Of(JsonSerializer.SerializeToUtf8Bytes(settings, RunJson.Options)), inputs, artifacts);
}
