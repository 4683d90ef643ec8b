using System.Globalization;
using System.Text.Json;
using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>Does the pipeline find personas that were planted, and none where none are? Shops of seeds that nothing was tuned on.</summary>
internal static class PlantedPersonas
{
    private const int FirstSeed = 6_001;
    private const int Customers = 3_000;

    private static readonly string[] Clustered =
        ["recency_days", "invoices", "units", "spend", "average_order_value", "distinct_products", "cancellation_rate", "monthly_spend_mean", "monthly_spend_sd", "spend_trend"];

    private static readonly string[] Parts = ["clear", "lifelike", "one"];

    /// <param name="part">One of <see cref="Parts"/>; null: all.</param>
    public static async Task Run(int seeds, string? part)
    {
        foreach (string wanted in Parts.Where(name => part is null || name == part))
            await (wanted switch { "clear" => Clear(seeds), "lifelike" => Lifelike(seeds), _ => One(seeds) });
    }

    private static async Task Clear(int seeds)
    {
        var shops = await Series("clear", 5, seeds, classifier: false);
        Passed("clear: ARI ≥ .9 and five segments", shops.Count(shop => shop is { AdjustedRand: >= .9, Segments: 5 }), seeds, 0.9);
    }

    private static async Task Lifelike(int seeds)
    {
        var shops = await Series("lifelike", 5, seeds, classifier: true);
        Passed("lifelike: ARI ≥ .8 × classifier", shops.Count(shop => shop.AdjustedRand >= .8 * shop.Classifier), seeds, 1);
        History.Add("planted, lifelike: mean ARI", shops.Average(shop => shop.AdjustedRand));
        History.Add("planted, lifelike: mean ARI of a classifier that was told the truth", shops.Average(shop => shop.Classifier));
    }

    private static async Task One(int seeds)
    {
        var shops = await Series("lifelike", 1, seeds, classifier: false);
        Passed("one persona: no natural groups", shops.Count(shop => shop.NaturalGroups is null), seeds, 0.95);
    }

    private static void Passed(string what, int shops, int of, double least)
    {
        Console.WriteLine($"{what,-40} {shops} of {of} shops{(shops >= least * of ? "" : $", which is too few")}");
        History.Add($"planted, {what}: share of shops", (double)shops / of);
    }

    private static async Task<List<Shop>> Series(string separation, int personas, int seeds, bool classifier)
    {
        var shops = new List<Shop>();
        Console.WriteLine($"{separation}, {personas} planted   seed   k   natural   ARI    classifier");
        for (int seed = FirstSeed; seed < FirstSeed + seeds; seed++)
        {
            var shop = await Found(separation, personas, seed, classifier);
            shops.Add(shop);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{"",-24}{seed,6}   {shop.Segments}   {shop.NaturalGroups?.ToString(CultureInfo.InvariantCulture) ?? "none",7}   {shop.AdjustedRand:0.000}  {(classifier ? shop.Classifier.ToString("0.000", CultureInfo.InvariantCulture) : "")}"));
        }
        return shops;
    }

    private static async Task<Shop> Found(string separation, int personas, int seed, bool classifier)
    {
        string folder = Path.Combine(Checkout.Scratch, $"planted-{separation}-{personas}-{seed}");
        string orders = Path.Combine(folder, "orders.csv"), truth = Path.Combine(folder, "truth.csv"), segments = Path.Combine(folder, "runs", "latest", "segments.csv");
        try
        {
            await MeasuredProcess.Ours("data", "generate", folder, "--customers", $"{Customers}", "--seed", $"{seed}", "--separation", separation, "--personas", $"{personas}", "--quiet");
            await MeasuredProcess.Ours("init", folder, "--preset", "orders", "--source", orders);
            BenchWorkspace.LeaveLifetimeOut(folder);
            var run = await MeasuredProcess.Ours("run", folder, "--json", "--quiet");
            using var result = JsonDocument.Parse(run.Output);
            var groups = result.RootElement.GetProperty("natural_groups");
            var found = Labels(segments, "segment");
            var planted = Labels(truth, "persona");
            string[] customers = [.. found.Keys.Order(StringComparer.Ordinal)];
            return new(
                found.Values.Distinct().Count(), groups.ValueKind == JsonValueKind.Null ? null : groups.GetInt32(),
                AdjustedRand.Score([.. customers.Select(customer => planted[customer])], [.. customers.Select(customer => found[customer])]),
                classifier ? await Classifier(segments, truth) : double.NaN);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> Classifier(string segments, string truth)
    {
        using var said = JsonDocument.Parse((await MeasuredProcess.Peer("persona_classifier.py", [segments, truth, .. Clustered])).Output);
        return said.RootElement.GetProperty("adjusted_rand").GetDouble();
    }

    private static Dictionary<string, int> Labels(string path, string column)
    {
        var rows = File.ReadLines(path).Select(line => line.Split(',').Select(cell => cell.Trim('"')).ToArray()).ToList();
        (int customer, int label) = (Array.IndexOf(rows[0], "customer"), Array.IndexOf(rows[0], column));
        return rows.Skip(1).ToDictionary(row => row[customer], row => int.Parse(row[label], CultureInfo.InvariantCulture));
    }

    private sealed record Shop(int Segments, int? NaturalGroups, double AdjustedRand, double Classifier);
}
