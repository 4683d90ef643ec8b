using System.Text.Json;
using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Models;

/// <summary>A bundle of one model and the settings it was learned under, as JSON with a manifest of digests.</summary>
internal static class SingleModelBundle
{
    /// <summary>The bundle's files by name, its manifest among them. Equal bundles give equal bytes.</summary>
    /// <param name="name">Of the model's file.</param>
    public static IReadOnlyDictionary<string, byte[]> Files<T>(WorkspaceSettings settings, string name, T model)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [ModelBundle.SettingsName] = JsonSerializer.SerializeToUtf8Bytes(settings, ModelBundle.Json),
            [name] = JsonSerializer.SerializeToUtf8Bytes(model, ModelBundle.Json),
        };
        files[BundleManifest.Name] = BundleManifest.Of(files, ModelBundle.Schema);
        return files;
    }

    /// <param name="missing">Where there is no such file.</param>
    /// <param name="remedy">Where it cannot be read.</param>
    /// <exception cref="ProblemException"><paramref name="missing"/>; it is of a later schema, or a file is not what its digest says.</exception>
    public static (WorkspaceSettings Settings, T Model) Load<T>(string folder, string name, Problem missing, string remedy)
    {
        if (!File.Exists(Path.Combine(folder, name)))
            throw new ProblemException(missing);
        BundleManifest.Verify(folder, ModelBundle.Schema);
        try
        {
            return (ModelBundle.Read<WorkspaceSettings>(folder, ModelBundle.SettingsName), ModelBundle.Read<T>(folder, name));
        }
        catch (JsonException broken)
        {
            throw new ProblemException(new("models/unreadable", $"The model in {folder} cannot be read.", remedy), broken);
        }
    }
}
