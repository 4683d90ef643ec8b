using System.Text.Json;
using Clientele.Lifetime;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Models;

/// <summary>System 002's model with the settings it was learned under, as JSON with a manifest of digests. A <see cref="ModelBundle"/> of a run that learned it holds the same two files.</summary>
public sealed record PublishedBundle(WorkspaceSettings Settings, PublishedModel Model)
{
    /// <summary>The bundle's files by name, its manifest among them. Equal bundles give equal bytes.</summary>
    public IReadOnlyDictionary<string, byte[]> Files()
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [ModelBundle.SettingsName] = JsonSerializer.SerializeToUtf8Bytes(Settings, ModelBundle.Json),
            [ModelBundle.PublishedName] = JsonSerializer.SerializeToUtf8Bytes(Model, ModelBundle.Json),
        };
        files[BundleManifest.Name] = BundleManifest.Of(files, ModelBundle.Schema);
        return files;
    }

    /// <exception cref="ProblemException">There is no such model, it is of a later schema, or a file is not what its digest says.</exception>
    public static PublishedBundle Load(string folder)
    {
        if (!File.Exists(Path.Combine(folder, ModelBundle.PublishedName)))
            throw new ProblemException(new("models/missing", $"This workspace has no model {PublishedModel.Name} yet.", $"Make it: clientele lifetime fit DIR --model {PublishedModel.Name}."));
        BundleManifest.Verify(folder, ModelBundle.Schema);
        try
        {
            return new(ModelBundle.Read<WorkspaceSettings>(folder, ModelBundle.SettingsName), ModelBundle.Read<PublishedModel>(folder, ModelBundle.PublishedName));
        }
        catch (JsonException broken)
        {
            throw new ProblemException(new("models/unreadable", $"The model in {folder} cannot be read.", $"Make it again: clientele lifetime fit DIR --model {PublishedModel.Name}."), broken);
        }
    }
}
