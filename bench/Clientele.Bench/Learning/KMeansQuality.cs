using System.Globalization;
using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>
/// k-means against scikit-learn's on every shared data set, k the number of its labels, ten restarts each: inertia, agreement with the labels, time.
/// Rows of the table in docs/learning/kmeans.md.
/// </summary>
internal static class KMeansQuality
{
    /// <param name="part">Names of sets with commas between them; null: all.</param>
    public static Task Run(int seeds, string? part)
    {
        Console.WriteLine("| set | n × d, k | seeds | inertia: worst | middle | ARI, ours | scikit-learn's | difference ± s.e. | ARI at the least inertia, ours / peer | s, ours / peer |");
        double[] worst = [.. LabelledTable.All(part).Select(table => Compare(table, seeds))];
        History.Add("k-means inertia, worst ratio to scikit-learn over all sets and seeds", worst.Max());
        return Task.CompletedTask;
    }

    private static double Compare(LabelledTable table, int seeds)
    {
        using var peer = new Peer("kmeans_fit.py", new { clusters = table.Clusters, restarts = 10, seed = 0, single = false, tell = true }, [("rows", table.Rows)]);
        var (ratios, ours, theirs) = (new double[seeds], new double[seeds], new double[seeds]);
        var (inertias, peerInertias) = (new double[seeds], new double[seeds]);
        (double seconds, double peerSeconds) = (0, 0);
        for (int seed = 0; seed < seeds; seed++)
        {
            KMeansFit? fit = null;
            seconds += Ratio.Seconds(() => fit = KMeans.Fit(table.Rows, new() { Clusters = table.Clusters, Seed = (ulong)seed }));
            var (took, figures) = peer.Round();
            peerSeconds += took;
            double inertia = figures["inertia"]!.GetValue<double>();
            ratios[seed] = inertia == 0 ? 1 : fit!.Inertia / inertia;
            (inertias[seed], peerInertias[seed]) = (fit!.Inertia, inertia);
            ours[seed] = AdjustedRand.Score(table.Labels, fit!.Labels);
            theirs[seed] = AdjustedRand.Score(table.Labels, [.. figures["labels"]!.AsArray().Select(label => label!.GetValue<int>())]);
        }
        var (difference, spread) = Moments([.. ours.Zip(theirs, (a, b) => a - b)]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {table.Name} | {table.Rows.Rows:N0} × {table.Rows.Columns}, {table.Clusters} | {seeds} | {Excess(ratios.Max())} | {Excess(ratios.Order().ElementAt(seeds / 2))} | {Told(ours)} | {Told(theirs)} | {difference:+.0000;−.0000;0} ± {spread / Math.Sqrt(seeds):.0000} | {ours[Least(inertias)]:.0000} / {theirs[Least(peerInertias)]:.0000} | {seconds / seeds:0.000} / {peerSeconds / seeds:0.000} |"));
        return ratios.Max();
    }

    private static int Least(double[] values) => Array.IndexOf(values, values.Min());

    // In millionths of the peer's: below 0 is better.
    private static string Excess(double ratio) => ((ratio - 1) * 1e6).ToString("+0.0;−0.0;0", CultureInfo.InvariantCulture);

    private static string Told(double[] values) => Moments(values) is var (mean, deviation) ? string.Create(CultureInfo.InvariantCulture, $"{mean:.0000} ± {deviation:.0000}") : "";

    private static (double Mean, double Deviation) Moments(double[] values)
    {
        double mean = values.Average();
        return (mean, Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, values.Length - 1)));
    }
}
