using System.Globalization;
using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>The exact silhouette of 20,000 × 10 against scikit-learn's, on the same rows, labels and cores.</summary>
internal static class SilhouetteSpeed
{
    private const int Rows = 20_000, Columns = 10, Clusters = 8;

    public static Task Run(int rounds)
    {
        var random = new RandomStream(1, 0);
        var rows = new Matrix(Rows, Columns, [.. Enumerable.Range(0, Rows * Columns).Select(_ => random.Gaussian())]);
        var labels = KMeans.Fit(rows, new() { Clusters = Clusters, Restarts = 1 }).Labels;
        using var peer = new Peer("silhouette.py", new { }, [("rows", rows), ("labels", new(Rows, 1, [.. labels.Select(label => (double)label)]))]);
        Ratio.Measure($"exact silhouette, {Rows:N0} × {Columns}, k = {Clusters}", rounds, () => Silhouette.Score(rows, labels), peer);
        double theirs = peer.Round().Figures["mean"]!.GetValue<double>();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  the means differ by {Math.Abs(Silhouette.Score(rows, labels).Mean - theirs):E1}"));
        return Task.CompletedTask;
    }
}
