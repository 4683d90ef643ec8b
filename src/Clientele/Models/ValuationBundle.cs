using System.Text.Json;
using Clientele.Lifetime;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Models;

/// <summary>
/// What it takes to value customers from raw orders: the valuation and the settings it was learned under, as JSON with a manifest of digests. A <see cref="ModelBundle"/> of a run
/// that valued its customers holds the same two files.
/// </summary>
public sealed record ValuationBundle(WorkspaceSettings Settings, CustomerValuation Valuation)
{
    /// <summary>The bundle's files by name, its manifest among them. Equal bundles give equal bytes.</summary>
    public IReadOnlyDictionary<string, byte[]> Files()
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [ModelBundle.SettingsName] = JsonSerializer.SerializeToUtf8Bytes(Settings, ModelBundle.Json),
            [ModelBundle.ValuationName] = JsonSerializer.SerializeToUtf8Bytes(Valuation, ModelBundle.Json),
        };
        files[BundleManifest.Name] = BundleManifest.Of(files, ModelBundle.Schema);
        return files;
    }

    /// <exception cref="ProblemException">There is no valuation, it is of a later schema, or a file is not what its digest says.</exception>
    public static ValuationBundle Load(string folder)
    {
        if (!File.Exists(Path.Combine(folder, ModelBundle.ValuationName)))
            throw new ProblemException(new("models/missing", "This workspace has no lifetime model yet.", "Make one: clientele lifetime fit DIR, or clientele run DIR."));
        BundleManifest.Verify(folder, ModelBundle.Schema);
        try
        {
            return new(ModelBundle.Read<WorkspaceSettings>(folder, ModelBundle.SettingsName), ModelBundle.Read<CustomerValuation>(folder, ModelBundle.ValuationName));
        }
        catch (JsonException broken)
        {
            throw new ProblemException(new("models/unreadable", $"The lifetime model in {folder} cannot be read.", "Make it again: clientele lifetime fit DIR."), broken);
        }
    }
}
