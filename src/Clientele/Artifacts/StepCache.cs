using System.Text.Json;

namespace Clientele.Artifacts;

/// <summary>The manifests of steps that were finished, by step and key. One that cannot be read, or whose objects are not whole, is as if it were not there.</summary>
internal sealed class StepCache(string folder, string aside, ObjectStore objects, DurableFiles files)
{
    /// <summary>Results of a step that are kept, the last used ones.</summary>
    private const int Kept = 5;

    /// <summary>A finished step of this key whose objects are all there and whole, or null.</summary>
    public StepManifest? Find(string step, string key)
    {
        string path = PathOf(step, key);
        if (!File.Exists(path) || Read(path) is not { } known || known.Key != key || !known.Outputs.Values.All(objects.Holds))
            return null;
        return known;
    }

    /// <summary>The manifests of a step, last used first.</summary>
    public IEnumerable<StepManifest> Of(string step) =>
        Directory.Exists(Path.Combine(folder, step)) ? ByUse(step).Select(file => Read(file.FullName)).OfType<StepManifest>() : [];

    public void Save(StepManifest manifest)
    {
        string path = PathOf(manifest.Step, manifest.Key), written = Path.Combine(aside, $"{manifest.Step}.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var file = files.Create(written))
            JsonSerializer.Serialize(file, manifest, ArtifactJson.Options);
        files.Flush(written);
        files.Rename(written, path);
    }

    /// <summary>Says that a manifest was used now, so that it stays.</summary>
    public void Use(StepManifest manifest, DateTimeOffset now) => File.SetLastWriteTimeUtc(PathOf(manifest.Step, manifest.Key), now.UtcDateTime);

    /// <summary>Forgets what was used least lately, and the objects that nothing names any more.</summary>
    public void Trim()
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (string step in Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)))
            foreach (var (place, file) in ByUse(step).Index())
                if (place < Kept && Read(file.FullName) is { } manifest)
                    named.UnionWith(manifest.Outputs.Values.Select(output => output.Digest));
                else
                    file.Delete();
        objects.KeepOnly(named);
    }

    private FileInfo[] ByUse(string step) =>
        [.. new DirectoryInfo(Path.Combine(folder, step)).GetFiles("*.json").OrderByDescending(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal)];

    private string PathOf(string step, string key) => Path.Combine(folder, step, $"{key}.json");

    private static StepManifest? Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize<StepManifest>(file, ArtifactJson.Options) is { Schema: StepManifest.CurrentSchema } manifest ? manifest : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
