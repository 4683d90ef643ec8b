using System.Globalization;
using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>How the time of one Lloyd iteration grows with rows, columns and clusters. Noise: the case in which bounds help least.</summary>
internal static class KMeansGrowth
{
    public static Task Run(int rounds)
    {
        Console.WriteLine("n          d     k    ms an iteration   ns a row   multiply-adds a ns");
        foreach (int n in (ReadOnlySpan<int>)[10_000, 100_000, 1_000_000])
            Measure(n, 16, 8, rounds);
        foreach (int d in (ReadOnlySpan<int>)[2, 4, 8, 32, 64])
            Measure(200_000, d, 8, rounds);
        foreach (int k in (ReadOnlySpan<int>)[2, 4, 16, 32, 100])
            Measure(200_000, 16, k, rounds);
        return Task.CompletedTask;
    }

    private static void Measure(int n, int d, int k, int rounds)
    {
        var rows = KMeansSpeed.Noise(n, d);
        var singles = new SingleRows(new(rows), threads: 0);
        double[] start = rows.Values[..(k * d)];
        double seconds = Enumerable.Range(0, rounds).Select(_ => (Fit(15) - Fit(5)) / 10).Order().ElementAt(rounds / 2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{n,-9} {d,3} {k,5} {seconds * 1e3,14:0.000} {seconds * 1e9 / n,12:0.00} {(double)n * d * k / seconds / 1e9,12:0.0}"));

        double Fit(int iterations) => Ratio.Seconds(() => Lloyd.Run(singles, start, iterations, 0, threads: 0));
    }
}
