using System.Text.Json;
using Clientele.Lifetime;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Models;

/// <summary>What it takes to value customers from raw orders: the valuation and the settings it was learned under, as JSON with a manifest of digests.</summary>
public sealed record ValuationBundle(WorkspaceSettings Settings, LifetimeValuation Valuation)
{
    private const int Schema = 1;
    private const string SettingsFile = "settings.json", ValuationFile = "valuation.json";

    /// <summary>The bundle's files by name, its manifest among them. Equal bundles give equal bytes.</summary>
    public IReadOnlyDictionary<string, byte[]> Files()
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [SettingsFile] = JsonSerializer.SerializeToUtf8Bytes(Settings, ModelBundle.Json),
            [ValuationFile] = JsonSerializer.SerializeToUtf8Bytes(Valuation, ModelBundle.Json),
        };
        files[BundleManifest.Name] = BundleManifest.Of(files, Schema);
        return files;
    }

    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, content) in Files())
            File.WriteAllBytes(Path.Combine(folder, name), content);
    }

    /// <exception cref="ProblemException">There is no valuation, it is of a later schema, or a file is not what its digest says.</exception>
    public static ValuationBundle Load(string folder)
    {
        if (!Directory.Exists(folder))
            throw new ProblemException(new("models/missing", "This workspace has no lifetime model yet.", "Make one: clientele lifetime fit DIR, or clientele run DIR."));
        BundleManifest.Verify(folder, Schema);
        try
        {
            return new(Read<WorkspaceSettings>(SettingsFile), Read<LifetimeValuation>(ValuationFile));
        }
        catch (JsonException broken)
        {
            throw new ProblemException(new("models/unreadable", $"The lifetime model in {folder} cannot be read.", "Make it again: clientele lifetime fit DIR."), broken);
        }

        T Read<T>(string file) => JsonSerializer.Deserialize<T>(File.ReadAllBytes(Path.Combine(folder, file)), ModelBundle.Json) ?? throw new JsonException($"{file} is empty.");
    }
}
