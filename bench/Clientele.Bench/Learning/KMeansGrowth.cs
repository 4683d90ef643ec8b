using System.Globalization;
using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>How the time of one Lloyd iteration grows with rows, columns and clusters. Noise: the case in which bounds help least.</summary>
internal static class KMeansGrowth
{
    /// <param name="part">"n", "d" or "k": what grows; null: each in turn.</param>
    public static Task Run(int rounds, string? part)
    {
        Console.WriteLine("| n | d | k | ms an iteration | ns a row | multiply-adds a ns |");
        (string Grows, int[] To, Action<int> Measure)[] tables =
        [
            ("n", [10_000, 100_000, 1_000_000], n => Measure(n, 16, 8, rounds)),
            ("d", [2, 4, 8, 32, 64], d => Measure(200_000, d, 8, rounds)),
            ("k", [2, 4, 16, 32, 100], k => Measure(200_000, 16, k, rounds)),
        ];
        foreach (var table in tables.Where(table => part is null || part == table.Grows))
            Array.ForEach(table.To, table.Measure);
        return Task.CompletedTask;
    }

    private static void Measure(int n, int d, int k, int rounds)
    {
        var rows = KMeansSpeed.Noise(n, d);
        var singles = new SingleRows(new(rows), threads: 0);
        double[] start = rows.Values[..(k * d)];
        double seconds = Enumerable.Range(0, rounds).Select(_ => (Fit(15) - Fit(5)) / 10).Order().ElementAt(rounds / 2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {n:N0} | {d} | {k} | {seconds * 1e3:0.000} | {seconds * 1e9 / n:0.00} | {(double)n * d * k / seconds / 1e9:0.0} |"));

        double Fit(int iterations) => Ratio.Seconds(() => Lloyd.Run(singles, start, iterations, 0, threads: 0));
    }
}
