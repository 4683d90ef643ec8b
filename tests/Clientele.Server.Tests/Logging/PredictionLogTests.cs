using System.Text.Json;
using Clientele.Server.Logging;
using Clientele.Tests.Stores;

namespace Clientele.Tests.Logging;

public sealed class PredictionLogTests
{
    [Fact]
    public async Task Predictions_are_logged_with_version_input_and_answer_and_without_the_customer()
    {
        var rows = Bundles.Customers(10, 40, seed: 3);
        await using var shop = await ServedShop.Start(settings: "serve: {log_share: 1}\n");
        for (int i = 0; i < rows.Rows; i++)
            Assert.Equal(200, (await shop.Post("/api/v1/predict", new { id = $"someone-{i}", features = Predictions.PredictionTests.Named(shop, rows.Row(i)) })).Status);
        await shop.Service.DisposeAsync();

        string text = File.ReadAllText(Directory.GetFiles(Path.Combine(shop.Folder, PredictionFiles.Folder)).Single());
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var expected = Bundles.Assigned(shop.Bundle, rows);
        Assert.Equal(expected.Labels.Select(label => label + 1), lines.Select(line => line.GetProperty("segment").GetInt32()));
        Assert.Equal(expected.Distances, lines.Select(line => line.GetProperty("distance").GetDouble()));
        Assert.All(lines, line => Assert.Equal(1, line.GetProperty("version").GetInt64()));
        Assert.Equal(40, lines.Select(line => line.GetProperty("input").GetString()).Distinct().Count());
        Assert.DoesNotContain("someone", text, StringComparison.Ordinal);
    }

    [Theory, InlineData(0, 0, 0), InlineData(0.1, 900, 1_100), InlineData(1, 10_000, 10_000)]
    public async Task The_share_that_was_asked_for_is_logged(double share, int least, int most)
    {
        await using var kept = new KeptFolder();
        await using (var log = new PredictionLog(kept.Path, new() { LogShare = share }, new FakeClock()))
            log.Note("shop", 1, Bundles.Customers(3, 10_000, seed: 1), new int[10_000]);

        Assert.InRange(kept.Lines().Count, least, most);
    }

    [Fact]
    public async Task A_days_file_ends_at_its_size_and_what_is_left_out_is_counted()
    {
        await using var kept = new KeptFolder();
        using var files = new PredictionFiles(kept.Path, "1", daysKept: 30, mostBytes: 1_000);
        var day = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        var records = Enumerable.Range(0, 100).Select(i => new PredictionRecord(day, "shop", 1, (ulong)i, 1, 0.5, false, double.NaN)).ToList();

        int left = files.Append(records);

        Assert.InRange(new FileInfo(Directory.GetFiles(kept.Path).Single()).Length, 1_000, 1_200);
        Assert.Equal(100, left + File.ReadAllLines(Directory.GetFiles(kept.Path).Single()).Length);
        Assert.Equal(100, files.Append(records));
        Assert.Equal(0, files.Append([records[0] with { At = day.AddDays(1) }]));
    }

    [Fact]
    public async Task Old_days_go_and_nothing_else_does()
    {
        await using var kept = new KeptFolder();
        foreach (string name in (string[])["2026-01-29-9.jsonl", "2026-01-30-9.jsonl", "2026-01-31-9.jsonl", "notes.txt", "2026-xx-01-9.jsonl"])
            File.WriteAllText(Path.Combine(kept.Path, name), "");
        using var files = new PredictionFiles(kept.Path, "1", daysKept: 30, mostBytes: 1_000);

        files.Append([new(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), "shop", 1, 0, 1, 0.5, false, double.NaN)]);

        Assert.Equal(["2026-01-31-9.jsonl", "2026-03-01-1.jsonl", "2026-xx-01-9.jsonl", "notes.txt"], Directory.GetFiles(kept.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Where_nothing_can_be_written_the_predictions_go_on()
    {
        await using var kept = new KeptFolder();
        File.WriteAllText(Path.Combine(kept.Path, PredictionFiles.Folder), "in the way");
        PredictionLog log;
        await using (log = new PredictionLog(kept.Path, new() { LogShare = 1 }, new FakeClock()))
            log.Note("shop", 1, Bundles.Customers(3, 100, seed: 1), new int[100]);

        Assert.Equal((0, 100), (log.Written, log.LeftOut));
    }

    private sealed class KeptFolder : IAsyncDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("clientele-log-").FullName;

        public List<string> Lines() => Directory.Exists(System.IO.Path.Combine(Path, PredictionFiles.Folder))
            ? [.. Directory.GetFiles(System.IO.Path.Combine(Path, PredictionFiles.Folder)).SelectMany(File.ReadAllLines)] : [];

        public ValueTask DisposeAsync()
        {
            Directory.Delete(Path, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
