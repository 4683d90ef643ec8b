using System.Globalization;
using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>
/// k-means against scikit-learn's on every shared data set, k the number of its labels, ten restarts each: inertia, agreement with the labels, time.
/// </summary>
internal static class KMeansQuality
{
    public static Task Run(int seeds)
    {
        Console.WriteLine("set            n × d, k              inertia: worst / median of ours to the peer's   better, worse   ARI ours / peer (difference ± s.e.)   time");
        var worst = 0.0;
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(Checkout.Data("clustering", "iris.csv"))!).Order(StringComparer.Ordinal))
            worst = Math.Max(worst, Compare(LabelledTable.Read(file), file.Contains("birch", StringComparison.Ordinal) ? Math.Min(seeds, 3) : seeds));
        History.Add("k-means inertia, worst ratio to scikit-learn over all sets and seeds", worst);
        return Task.CompletedTask;
    }

    private static double Compare(LabelledTable table, int seeds)
    {
        using var peer = new Peer("kmeans_fit.py", new { clusters = table.Clusters, restarts = 10, seed = 0, single = false, tell = true }, [("rows", table.Rows)]);
        var (ratios, ours, theirs) = (new double[seeds], new double[seeds], new double[seeds]);
        (double seconds, double peerSeconds) = (0, 0);
        for (int seed = 0; seed < seeds; seed++)
        {
            KMeansFit? fit = null;
            seconds += Ratio.Seconds(() => fit = KMeans.Fit(table.Rows, new() { Clusters = table.Clusters, Seed = (ulong)seed }));
            var (took, figures) = peer.Round();
            peerSeconds += took;
            double inertia = figures["inertia"]!.GetValue<double>();
            ratios[seed] = inertia == 0 ? 1 : fit!.Inertia / inertia;
            ours[seed] = AdjustedRand.Score(table.Labels, fit!.Labels);
            theirs[seed] = AdjustedRand.Score(table.Labels, [.. figures["labels"]!.AsArray().Select(label => label!.GetValue<int>())]);
        }
        double difference = ours.Zip(theirs, (a, b) => a - b).Average();
        double error = Math.Sqrt(ours.Zip(theirs, (a, b) => (a - b - difference) * (a - b - difference)).Sum() / Math.Max(1, seeds - 1) / seeds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{table.Name,-14} {$"{table.Rows.Rows} × {table.Rows.Columns}, {table.Clusters}",-20} {ratios.Max() - 1,12:0.0E+0} / {ratios.Order().ElementAt(seeds / 2) - 1,8:0.0E+0} {ratios.Count(r => r < 1 - 1e-6),8} {ratios.Count(r => r > 1 + 1e-6),4}      {ours.Average():0.0000} / {theirs.Average():0.0000} ({difference:+0.0000;-0.0000} ± {error:0.0000})   {peerSeconds / seconds,6:0.0} × ({seconds / seeds * 1e3:0.0} ms)"));
        return ratios.Max();
    }
}
