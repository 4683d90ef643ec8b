using System.Diagnostics;
using System.Globalization;
using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>Ward's tree against scipy's, and what medoids and prototypes take (they have no peer here).</summary>
internal static class WardSpeed
{
    public static Task Run(int rounds)
    {
        var random = new RandomStream(1, 0);
        var rows = new Matrix(5_000, 10, [.. Enumerable.Range(0, 50_000).Select(i => random.Gaussian() + 3 * (i / 10 % 6 * (i % 10) % 5))]);
        double height = 0;
        using var peer = new Peer("ward.py", new { }, [("rows", rows)]);
        Ratio.Measure("Ward's tree, 5,000 × 10", rounds, () => height = Ward.Grow(rows).Merges[^1].Height, peer);
        if (Math.Abs(height / peer.Round().Figures["height"]!.GetValue<double>() - 1) > 1e-9)
            throw new InvalidOperationException("The two did not do the same work.");
        Seconds("k-medoids, 5,000 × 10, k = 6, 5 starts", () => KMedoids.Fit(rows, new() { Clusters = 6 }));
        Seconds("k-prototypes, 5,000 × 10, two of them categories, k = 6, 10 starts", () => KPrototypes.Fit(Coded(rows), new() { Clusters = 6, Categorical = [8, 9] }));
        return Task.CompletedTask;
    }

    private static Matrix Coded(Matrix rows)
    {
        var coded = new Matrix(rows.Rows, rows.Columns, [.. rows.Values]);
        for (int i = 0; i < rows.Rows; i++)
            (coded[i, 8], coded[i, 9]) = (Math.Round(rows[i, 8]), Math.Round(rows[i, 9]));
        return coded;
    }

    private static void Seconds(string what, Action ours)
    {
        ours();
        long start = Stopwatch.GetTimestamp();
        ours();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-64} {Stopwatch.GetElapsedTime(start).TotalSeconds:0.000} s"));
    }
}
