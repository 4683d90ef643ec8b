using System.Security.Cryptography;
using System.Text.Json;
using Clientele.Problems;

namespace Clientele.Models;

/// <summary>What a bundle holds, with the SHA-256 of every file. A bundle that differs from its manifest is refused.</summary>
internal sealed record BundleManifest(int Schema, IReadOnlyDictionary<string, string> Files)
{
    public const string Name = "manifest.json";

    /// <summary>The manifest's own file.</summary>
    public static byte[] Of(IReadOnlyDictionary<string, byte[]> files, int schema) => JsonSerializer.SerializeToUtf8Bytes(
        new BundleManifest(schema, new SortedDictionary<string, string>(files.ToDictionary(file => file.Key, file => Convert.ToHexStringLower(SHA256.HashData(file.Value))), StringComparer.Ordinal)), ModelBundle.Json);

    /// <param name="schema">The latest that this program knows.</param>
    /// <exception cref="ProblemException"><c>models/missing</c>, <c>models/unreadable</c> or <c>models/later-schema</c>.</exception>
    public static BundleManifest Read(string folder, int schema)
    {
        string path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            throw new ProblemException(new("models/missing", $"There is no model in {folder}.", "Run the workspace first: clientele run."));
        BundleManifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<BundleManifest>(File.ReadAllBytes(path), ModelBundle.Json) ?? throw new JsonException("empty");
        }
        catch (JsonException broken)
        {
            throw new ProblemException(new("models/unreadable", "The model's manifest cannot be read.", "Run the workspace again: clientele run.", new(path)), broken);
        }
        return manifest.Schema <= schema ? manifest : throw new ProblemException(new(
            "models/later-schema", $"The model is of schema {manifest.Schema}; this program knows {schema}.", "Use the version of Clientele that made it, or a later one.", new(path)));
    }

    /// <exception cref="ProblemException">As <see cref="Read"/>, or <c>models/digest</c>: a file is not the one that was saved.</exception>
    public static void Verify(string folder, int schema)
    {
        var (manifest, digests) = (Read(folder, schema), Digests(folder));
        foreach (string file in manifest.Files.Keys.Union(digests.Keys).Order(StringComparer.Ordinal))
            if (manifest.Files.GetValueOrDefault(file) != digests.GetValueOrDefault(file))
                throw new ProblemException(new("models/digest", $"The model's file {file} is not the one that was saved.", "Restore the folder, or run the workspace again: clientele run.", new(Path.Combine(folder, file))));
    }

    private static SortedDictionary<string, string> Digests(string folder) => new(
        Directory.EnumerateFiles(folder).Where(path => Path.GetFileName(path) != Name).ToDictionary(path => Path.GetFileName(path), Digest), StringComparer.Ordinal);

    private static string Digest(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
