using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Clientele.Tests.Cli;

namespace Clientele.Tests.Serving;

/// <summary>From raw orders to the answers of clv-prediction's README: init, run, serve, and its requests as they stand there, on another port.</summary>
public sealed class ReadmeRequestsTests(PublishedRun run) : IClassFixture<PublishedRun>
{
    // Its test.json, and the second of its published answers.
    private const string Sample = """{"recency_days": 14, "frequency": 18, "total_revenue": 8500, "avg_order_value": 470, "tenure_days": 600, "active_months": 12, "purchase_velocity": 1.5, "avg_gap_days": 15, "std_gap_days": 6}""";
    private const string Other = """{"recency_days": 14, "frequency": 10, "total_revenue": 5000, "avg_order_value": 500, "tenure_days": 365, "active_months": 12, "purchase_velocity": 1.2, "avg_gap_days": 20, "std_gap_days": 5}""";

    [Fact]
    public async Task The_requests_of_the_README_get_its_answers_from_raw_orders()
    {
        await using var served = await ServedProgram.Start(run["shop"]);
        await File.WriteAllTextAsync(run["test.json"], Sample, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(run["other.json"], Other, TestContext.Current.CancellationToken);

        string answer = await Bash(served, """curl -sS -X POST "http://localhost:8000/predict" -H "Content-Type: application/json" -d @./test.json""");
        string other = await Bash(served, """curl -sS -X POST "http://localhost:8000/predict" -H "Content-Type: application/json" -d @./other.json""");

        Assert.Equal(8051.1214612057, Value(answer), 8051 * 1e-9);
        Assert.Equal(5554.6021042519, Value(other), 5554 * 1e-9);
        Assert.Equal("""{"status":"ok"}""", await Bash(served, "curl -sS http://localhost:8000/health"));
        Assert.Contains("clv_request_latency_seconds_bucket{le=\"+Inf\"} 2\n", await Bash(served, "curl -sS http://localhost:8000/metrics"), StringComparison.Ordinal);
        Assert.StartsWith("200 text/html", await Bash(served, "curl -sS -o page.html -w '%{http_code} %{content_type}' http://localhost:8000/docs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_answers_the_same()
    {
        string header = string.Join(',', Fields(Sample).Select(field => field.Name));
        await File.WriteAllTextAsync(run["two.csv"], $"customer,{header}\nfirst,{Row(Sample)}\nsecond,{Row(Other)}\n", TestContext.Current.CancellationToken);

        string[] answers = (await CliProcess.Succeed(run[""], "lifetime", "predict", "shop", "--model", "clv_6m_linear", "--features", "two.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("customer,predicted_clv_6m", answers[0]);
        Assert.Equal(8051.1214612057, double.Parse(answers[1]["first,".Length..], CultureInfo.InvariantCulture), 1e-6);
        Assert.Equal(5554.6021042519, double.Parse(answers[2]["second,".Length..], CultureInfo.InvariantCulture), 1e-6);

        static IEnumerable<JsonProperty> Fields(string json) => JsonDocument.Parse(json).RootElement.EnumerateObject();

        static string Row(string json) => string.Join(',', Fields(json).Select(field => field.Value.GetRawText()));
    }

    private static double Value(string answer) => Assert.Single(JsonDocument.Parse(answer).RootElement.EnumerateObject(), member => member.Name == "predicted_clv_6m").Value.GetDouble();

    private async Task<string> Bash(ServedProgram served, string command)
    {
        var start = new ProcessStartInfo("bash", ["-c", command.Replace("localhost:8000", $"localhost:{served.Address.Port}", StringComparison.Ordinal)]) { WorkingDirectory = run[""], RedirectStandardOutput = true };
        using var bash = Process.Start(start)!;
        string said = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        Assert.Equal(0, bash.ExitCode);
        return said;
    }
}

/// <summary>A run of the preset that computes as clv-prediction does, on the orders that it was published from.</summary>
public sealed class PublishedRun : IAsyncLifetime
{
    private readonly TempFolder folder = new();

    public string this[string name] => name.Length == 0 ? folder.Path : folder[name];

    public async ValueTask InitializeAsync()
    {
        await CliProcess.Succeed(folder.Path, "init", "shop", "--preset", "clv-6m", "--source", TestData.File_("orders", "online_retail_II.csv.gz"));
        await CliProcess.Succeed(folder.Path, "run", "shop", "--quiet");
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
