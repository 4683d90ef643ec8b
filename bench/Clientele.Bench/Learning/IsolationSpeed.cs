using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>An isolation forest fitted and every row scored, against scikit-learn's, on the same rows and cores.</summary>
internal static class IsolationSpeed
{
    private const int Rows = 200_000, Columns = 10, Trees = 100, Sample = 256;

    public static Task Run(int rounds)
    {
        var random = new RandomStream(1, 0);
        var rows = new Matrix(Rows, Columns, [.. Enumerable.Range(0, Rows * Columns).Select(_ => random.Gaussian())]);
        using var peer = new Peer("isolation_forest.py", new { trees = Trees, sample = Sample }, [("rows", rows)]);
        Ratio.Measure("Isolation forest, fit and score, 200,000 × 10", rounds,
            () => IsolationForest.Fit(rows, new() { Trees = Trees, SampleSize = Sample }).Score(rows), peer);
        return Task.CompletedTask;
    }
}
