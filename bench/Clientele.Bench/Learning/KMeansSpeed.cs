using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>k-means against scikit-learn's, on the same rows and cores.</summary>
internal static class KMeansSpeed
{
    private const int Rows = 1_000_000, Columns = 16, Clusters = 8, Iterations = 10;

    public static Task Run(int rounds)
    {
        var random = new RandomStream(1, 0);
        var rows = new Matrix(Rows, Columns, [.. Enumerable.Range(0, Rows * Columns).Select(_ => random.Gaussian())]);
        var centres = rows.Take([.. Enumerable.Range(0, Clusters)]);
        var lanes = new LaneRows(rows);
        using var peer = new Peer("lloyd.py", new { iterations = Iterations, single = false }, [("rows", rows), ("centres", centres)]);
        Ratio.Measure($"{Iterations} Lloyd iterations, 1,000,000 × 16, k = 8", rounds, () => Lloyd.Run(lanes, centres.Values, Iterations, 0, threads: 0), peer);
        return Task.CompletedTask;
    }
}
