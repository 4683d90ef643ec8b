using System.Net;
using System.Reflection;
using Clientele.Access;
using Clientele.Server;
using Clientele.Server.Logging;
using Clientele.Settings;

namespace Clientele.Tests.Operations;

public sealed class LiveSettingsTests
{
    private static readonly string[] Fixed = ["Hosts", "MaxBodyMib", "BatchFolder", "BatchMib", "BatchRows", "BatchWaiting", "BatchDays"];

    [Fact]
    public async Task A_rate_that_is_set_while_serving_counts_for_keys_that_are_in_use()
    {
        string key = "";
        await using var shop = await Start("serve: {requests_per_second: 0}\n", async keys => key = (await keys.Create("busy", Role.Viewer, null, "tester")).Text);
        for (int i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.OK, await Ask(shop, key));

        shop.Set("serve: {requests_per_second: 1}\n");
        await ServedShop.Until(async () => await Ask(shop, key) == HttpStatusCode.TooManyRequests);

        shop.Set("serve: {requests_per_second: 0}\n");
        await ServedShop.Until(async () => await Ask(shop, key) == HttpStatusCode.OK && await Ask(shop, key) == HttpStatusCode.OK && await Ask(shop, key) == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Requests_at_once_that_are_set_while_serving_count_with_those_under_way()
    {
        await using var shop = await Start("serve: {requests_at_once: 8}\n");
        using var slow = await Limits.LimitsTests.Raw.Open(shop);
        await slow.Send("POST /api/v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 100", await slow.Line(), StringComparison.Ordinal);       // it is at work on it

        shop.Set("serve: {requests_at_once: 1}\n");
        await ServedShop.Until(async () => (await shop.Post("/api/v1/predict", "{}")).Status == 429);

        await slow.Send("{}");
        Assert.Equal("", await slow.Line());
        Assert.StartsWith("HTTP/1.1 400", await slow.Line(), StringComparison.Ordinal);
        await ServedShop.Until(async () => (await shop.Post("/api/v1/predict", "{}")).Status == 400);
    }

    [Fact]
    public async Task A_share_of_the_log_that_is_set_while_serving_counts_from_the_next_prediction()
    {
        await using var shop = await Start("serve: {log_share: 0}\n");
        object asked = new { features = Predictions.PredictionTests.Named(shop, Bundles.Customers(10, 1, seed: 3).Row(0)) };
        Assert.Equal(200, (await shop.Post("/api/v1/predict", asked)).Status);
        Assert.False(Directory.Exists(Path.Combine(shop.Folder, PredictionFiles.Folder)));

        shop.Set("serve: {log_share: 1}\n");
        await ServedShop.Until(async () => (await shop.Post("/api/v1/predict", asked)).Status == 200 && Directory.Exists(Path.Combine(shop.Folder, PredictionFiles.Folder)));
    }

    [Fact]
    public async Task Times_that_are_set_while_serving_count_from_the_next_request()
    {
        await using var shop = await Start("serve: {body_seconds: 3600}\n");

        shop.Set("serve: {body_seconds: 1}\n");
        await ServedShop.Until(async () =>
        {
            using var slow = await Limits.LimitsTests.Raw.Open(shop);
            await slow.Send("POST /api/v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");
            var answer = slow.Line();
            return await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(2))) == answer && (await answer).StartsWith("HTTP/1.1 408", StringComparison.Ordinal);
        });
    }

    [Fact]
    public void What_needs_a_start_stays_as_it_was_and_is_named_and_all_else_counts()
    {
        var folder = Directory.CreateTempSubdirectory("clientele-live-");
        try
        {
            var settings = new LiveSettings(folder.FullName, new());
            const string sound = "serve: {hosts: [a.example], max_body_mib: 3, batch_days: 2, answer_seconds: 5, log_days: 4}\n";
            Write(folder, sound);
            settings.Look();

            Assert.Null(settings.Problem);
            Assert.Equal(["hosts", "max_body_mib", "batch_days"], settings.Waiting);
            Assert.Equal(([], 16, 7, 5, 4), (settings.Now.Hosts, settings.Now.MaxBodyMib, settings.Now.BatchDays, settings.Now.AnswerSeconds, settings.Now.LogDays));

            Write(folder, "serve: {answer_seconds: 0}\n");
            settings.Look();
            Assert.Equal("config/wrong-value", settings.Problem?.Kind);
            Assert.Equal(5, settings.Now.AnswerSeconds);

            Write(folder, sound);
            settings.Look();
            Assert.Null(settings.Problem);

            Write(folder, "");
            settings.Look();
            Assert.Equal((null, 60), (settings.Problem, settings.Now.AnswerSeconds));
            Assert.Empty(settings.Waiting);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_guide_says_of_every_setting_whether_it_counts_at_once()
    {
        string guide = File.ReadAllText(Path.Combine(TestData.Checkout, "docs", "guide", "serving.md"));
        string[] rows = guide[guide.IndexOf("## Changing settings", StringComparison.Ordinal)..].Split("\n## ")[0].Split('\n');
        foreach (var setting in typeof(ServeSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            string name = string.Concat(setting.Name.Select((letter, i) => i > 0 && char.IsUpper(letter) ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
            Assert.Contains(rows, row => row.Contains($"`{name}`", StringComparison.Ordinal) && row.Contains("| the service's next start |", StringComparison.Ordinal) == Fixed.Contains(setting.Name));
        }
    }

    [Fact]
    public async Task Fewer_days_that_are_kept_take_the_older_ones_away_at_the_next_note()
    {
        var folder = Directory.CreateTempSubdirectory("clientele-log-");
        try
        {
            using var files = new PredictionFiles(folder.FullName, "1", daysKept: 30, mostBytes: 1_000);
            var record = new PredictionRecord(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), "shop", 1, 0, 1, 0.5, false, double.NaN);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "2026-02-20-9.jsonl"), "", TestContext.Current.CancellationToken);
            files.Append([record]);

            files.Keep(days: 5, bytes: 1);

            Assert.Equal(["2026-03-01-1.jsonl"], folder.GetFiles().Select(file => file.Name));
            Assert.Equal(1, files.Append([record]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Write(DirectoryInfo folder, string serve) => File.WriteAllText(
        Path.Combine(folder.FullName, SettingsFile.Name), $"name: Shop\nsources:\n  - files: [orders.csv]\ncolumns:\n  invoice: invoice\n  customer: customer\n  ordered_at: ordered_at\n{serve}");

    private static Task<ServedShop> Start(string settings, Func<ApiKeys, Task>? keys = null) => ServedShop.Start(settings: settings, keys: keys, options: asked => asked with { Watch = TimeSpan.FromMilliseconds(50) });

    private static async Task<HttpStatusCode> Ask(ServedShop shop, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/openapi/v1.json", UriKind.Relative));
        request.Headers.Authorization = new("Bearer", key);
        using var response = await shop.Http.SendAsync(request);
        return response.StatusCode;
    }
}
