using System.Globalization;
using Clientele.Learning;
using Clientele.Models;
using Clientele.Scoring;

namespace Clientele.Bench.Serving;

/// <summary>Rows a second that a loaded model assigns in memory: segment, distance, second nearest, outlier.</summary>
internal static class ScorerSpeed
{
    private const int Rows = 1_000_000;

    public static async Task Run(int rounds)
    {
        var shop = await ServingShop.Open();
        var scorer = new SegmentScorer(ModelBundle.Load(shop.Bundle));
        var customers = await ServingShop.Features(Path.Combine(shop.Folder, "runs", "latest"), scorer.Features, int.MaxValue);
        var rows = new Matrix(Rows, scorer.Features.Count);
        for (int i = 0; i < Rows; i++)
            for (int j = 0; j < rows.Columns; j++)
                rows[i, j] = double.Parse(customers[i % customers.Count].Values[j], CultureInfo.InvariantCulture) * (1 + i / customers.Count * 1e-6);
        foreach (int threads in new[] { 1, Environment.ProcessorCount })
        {
            scorer.Score(rows, threads);
            double[] seconds = [.. Enumerable.Range(0, rounds).Select(_ => Ratio.Seconds(() => scorer.Score(rows, threads))).Order()];
            double median = seconds[seconds.Length / 2];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"scoring {Rows:N0} rows × {rows.Columns} in memory, {threads} thread{(threads == 1 ? "" : "s")}: {Rows / median:N0} rows/s [{Rows / seconds[^1]:N0} – {Rows / seconds[0]:N0}]"));
            History.Add($"scoring in memory, {threads} threads: rows/s", Rows / median);
        }
    }
}
