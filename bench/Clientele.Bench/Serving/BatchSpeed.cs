using System.Globalization;
using System.Text;
using Clientele.Learning;
using Clientele.Models;
using Clientele.Registry;
using Clientele.Scoring;
using Clientele.Server.Batches;
using Clientele.Server.Challengers;
using Clientele.Server.Logging;
using Clientele.Server.Models;
using Clientele.Tests;

namespace Clientele.Bench;

/// <summary>A million customers scored in memory, and from a file to a file, against scikit-learn's prediction of the same rows, with pandas' reading and writing for the whole.</summary>
internal static class BatchSpeed
{
    private const int Rows = 1_000_000, BlockRows = 1_000;

    /// <param name="part"><c>plain</c>, <c>outliers</c> or <c>whole</c>; null: all.</param>
    public static async Task Run(int rounds, string? part)
    {
        var folder = Directory.CreateTempSubdirectory("clientele-bench-batch-");
        try
        {
            var bundle = Bundles.Segments(1);
            var rows = Bundles.Customers(bundle.Model.Space.Columns.Count, Rows, seed: 5);
            string file = Path.Combine(folder.FullName, "rows.csv");
            if (part is null or "whole")
                Write(file, bundle, rows);
            if (part is null or "plain")
                InMemory(rounds, bundle with { Model = bundle.Model with { Forest = null } }, rows, "");
            if (part is null or "outliers")
                InMemory(rounds, bundle, rows, ", outliers too");
            if (part is null or "whole")
                await Whole(rounds, bundle, rows, file, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void InMemory(int rounds, ModelBundle bundle, Matrix rows, string what)
    {
        var scorer = new SegmentScorer(bundle);
        using var peer = new Peer("batch_predict.py", new { forest = bundle.Model.Forest is not null, clusters = scorer.Segments, file = (string?)null }, [("rows", rows)]);
        var (_, seconds) = Ratio.Measure($"Scoring in memory, 1,000,000 × 10{what}", rounds, () => Score(scorer, rows), peer);
        Tell($"scored in memory{what}", seconds);
    }

    // As a batch does it: blocks of rows, each scored by one thread; segments, distances, second nearest, certainty, outliers.
    private static void Score(SegmentScorer scorer, Matrix rows) => Parallel.For(0, Rows / BlockRows, block =>
        scorer.Certainties(scorer.Score(new(BlockRows, rows.Columns, rows.Values.AsSpan(block * BlockRows * rows.Columns, BlockRows * rows.Columns).ToArray()), threads: 1)));

    private static async Task Whole(int rounds, ModelBundle bundle, Matrix rows, string file, string folder)
    {
        await using var log = new PredictionLog(folder, new() { LogShare = 0 }, TimeProvider.System);
        await using var shadow = new Shadow();
        var model = new ServedModel(new ModelVersion("bench", 1, "", "", TimeProvider.System.GetUtcNow(), null), bundle, null, log, shadow);
        using var peer = new Peer("batch_predict.py", new { forest = true, clusters = model.Segments.Segments, file }, [("rows", rows)]);
        var (_, seconds) = Ratio.Measure("CSV file to CSV file, 1,000,000 × 10, outliers too", rounds, () =>
        {
            var work = new BatchWork(model, BatchInput.Open(file, BatchFormat.Csv, model), new(Path.Combine(folder, "result.csv"), Path.Combine(folder, "quarantine.csv"), Path.Combine(folder, "parts")), null, long.MaxValue, threads: 0);
            work.Run(null, _ => { }, CancellationToken.None);
        }, peer);
        Tell("from file to file", seconds);
    }

    private static void Tell(string what, double seconds)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"  rows a second " + what,-64} {Rows / seconds:N0}"));
        History.Add($"serve-batch: rows a second {what}", Rows / seconds);
    }

    private static void Write(string path, ModelBundle bundle, Matrix rows)
    {
        using var text = new StreamWriter(path, append: false, new UTF8Encoding(false), bufferSize: 1 << 20);
        text.Write($"id,{string.Join(',', bundle.Model.Space.Columns)}\n");
        for (int i = 0; i < rows.Rows; i++)
        {
            text.Write('c');
            text.Write(i);
            foreach (double value in rows.Row(i))
            {
                text.Write(',');
                text.Write(value.ToString("R", CultureInfo.InvariantCulture));
            }
            text.Write('\n');
        }
    }
}
