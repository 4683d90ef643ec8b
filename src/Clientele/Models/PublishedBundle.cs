using System.Text.Json;
using Clientele.Lifetime;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Models;

/// <summary>System 002's model with the settings it was learned under, as JSON with a manifest of digests: <c>model/clv_6m_linear/</c> of a run.</summary>
public sealed record PublishedBundle(WorkspaceSettings Settings, PublishedModel Model)
{
    private const int Schema = 1;
    private const string SettingsFile = "settings.json", ModelFile = "model.json";

    /// <summary>The bundle's files by name, its manifest among them. Equal bundles give equal bytes.</summary>
    public IReadOnlyDictionary<string, byte[]> Files()
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [SettingsFile] = JsonSerializer.SerializeToUtf8Bytes(Settings, ModelBundle.Json),
            [ModelFile] = JsonSerializer.SerializeToUtf8Bytes(Model, ModelBundle.Json),
        };
        files[BundleManifest.Name] = BundleManifest.Of(files, Schema);
        return files;
    }

    /// <exception cref="ProblemException">There is no such model, it is of a later schema, or a file is not what its digest says.</exception>
    public static PublishedBundle Load(string folder)
    {
        if (!Directory.Exists(folder))
            throw new ProblemException(new("models/missing", $"This workspace has no model {PublishedModel.Name} yet.", $"Make it: clientele lifetime fit DIR --model {PublishedModel.Name}."));
        BundleManifest.Verify(folder, Schema);
        try
        {
            return new(Read<WorkspaceSettings>(SettingsFile), Read<PublishedModel>(ModelFile));
        }
        catch (JsonException broken)
        {
            throw new ProblemException(new("models/unreadable", $"The model in {folder} cannot be read.", $"Make it again: clientele lifetime fit DIR --model {PublishedModel.Name}."), broken);
        }

        T Read<T>(string file) => JsonSerializer.Deserialize<T>(File.ReadAllBytes(Path.Combine(folder, file)), ModelBundle.Json) ?? throw new JsonException($"{file} is empty.");
    }
}
