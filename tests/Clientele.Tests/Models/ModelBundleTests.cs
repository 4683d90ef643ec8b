using System.Text;
using Clientele.Learning;
using Clientele.Models;
using Clientele.Problems;
using Clientele.Segments;
using Clientele.Tests.Segments;

namespace Clientele.Tests.Models;

public sealed class ModelBundleTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("clientele-bundle-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_bundle_that_was_saved_and_loaded_assigns_to_the_same_bits()
    {
        var shop = Shops.Groups(4, 50);
        var (_, model) = Segmenter.Segment(shop, Shops.Settings, threads: 0);

        (Bundle(model) with { Reference = model.Known(shop) }).Save(folder);
        var loaded = ModelBundle.Load(folder);

        Assert.Equal(model.Known(shop).Values, loaded.Reference!.Values);
        var (before, after) = (model.Assign(shop, 0), loaded.Model.Assign(shop, 0));
        Assert.Equal(before.Labels, after.Labels);
        Assert.Equal(before.Distances, after.Distances);
        Assert.Equal(before.Outliers, after.Outliers);
        Assert.Equivalent(Shops.Settings, loaded.Settings);
        Assert.Equal(new DateOnly(2011, 12, 9), loaded.ReferenceDate);
    }

    [Theory, InlineData(3, 1), InlineData(10_000, 1), InlineData(20_001, 3)]
    public void What_a_bundle_keeps_of_customers_tells_of_features_and_of_nobody(int customers, int every)
    {
        var random = new Random(customers);
        var known = new Matrix(customers, 3, [.. Enumerable.Range(0, customers * 3).Select(_ => (double)random.Next(1_000))]);

        var kept = ModelBundle.ReferenceOf(known);

        int[] those = [.. Enumerable.Range(0, customers).Where(i => i % every == 0)];
        Assert.Equal((those.Length, 3), (kept.Rows, kept.Columns));
        for (int j = 0; j < 3; j++)
            Assert.Equal(those.Select(i => known[i, j]).Order(), kept.Column(j));
    }

    [Fact]
    public void A_bundle_without_personas_has_none_when_it_is_loaded()
    {
        var (_, model) = Segmenter.Segment(Shops.Groups(4, 50), Shops.Settings, threads: 0);
        Bundle(model).Save(folder);

        Assert.Null(ModelBundle.Load(folder).Personas);
    }

    [Fact]
    public void Saving_twice_gives_the_same_bytes()
    {
        var (_, model) = Segmenter.Segment(Shops.Groups(4, 50), Shops.Settings, threads: 0);
        string again = Path.Combine(folder, "again"), first = Path.Combine(folder, "first");

        Bundle(model).Save(first);
        Bundle(model).Save(again);

        foreach (string path in Directory.EnumerateFiles(first))
            Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(Path.Combine(again, Path.GetFileName(path))));
    }

    [Theory]
    [InlineData("model.json")]
    [InlineData("settings.json")]
    [InlineData("forest.bin")]
    public void A_bundle_with_a_changed_byte_is_refused(string file)
    {
        var (_, model) = Segmenter.Segment(Shops.Groups(4, 50), Shops.Settings, threads: 0);
        Bundle(model).Save(folder);
        string path = Path.Combine(folder, file);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.Equal("models/digest", Assert.Throws<ProblemException>(() => ModelBundle.Load(folder)).Problem.Kind);
    }

    [Fact]
    public void A_bundle_of_the_first_schema_says_to_run_again()
    {
        var (_, model) = Segmenter.Segment(Shops.Groups(4, 50), Shops.Settings, threads: 0);
        Directory.CreateDirectory(folder);
        foreach (var (name, content) in Earlier(Bundle(model).Files()))
            File.WriteAllBytes(Path.Combine(folder, name), content);

        Assert.Equal("models/unreadable", Assert.Throws<ProblemException>(() => ModelBundle.Load(folder)).Problem.Kind);
    }

    [Fact]
    public void A_folder_without_a_model_says_how_to_make_one() =>
        Assert.Equal("models/missing", Assert.Throws<ProblemException>(() => ModelBundle.Load(folder)).Problem.Kind);

    private static ModelBundle Bundle(SegmentModel model) =>
        new(Shops.Settings, new(true, true, true, true, true, true, false), new DateOnly(2011, 12, 9), "France", model, [new(1, "Loyal Lena"), new(2, "Fresh Frida")]);

    private static Dictionary<string, byte[]> Earlier(IReadOnlyDictionary<string, byte[]> files)
    {
        var earlier = files.Where(file => file.Key != BundleManifest.Name).ToDictionary();
        earlier["model.json"] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(earlier["model.json"]).Replace("\"clusters\":", "\"centres\":", StringComparison.Ordinal));
        earlier[BundleManifest.Name] = BundleManifest.Of(earlier, 1);
        return earlier;
    }
}
