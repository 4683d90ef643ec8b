using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Clientele.Tests;

/// <summary>What the guide shows can be done.</summary>
public sealed partial class GuideTests
{
    [Fact]
    public async Task Every_request_of_the_guide_is_answered()
    {
        await using var shop = await ServedShop.Start(Bundles.Valued);
        string guide = await File.ReadAllTextAsync(Path.Combine(TestData.Checkout, "docs", "guide", "serving.md"));
        string[] requests = [.. Requests().Matches(guide).Select(match => match.Groups[1].Value)];

        Assert.True(requests.Length >= 5);
        foreach (string request in requests)
        {
            var start = new ProcessStartInfo("bash", ["-c", request.Replace("http://127.0.0.1:8080/", shop.Http.BaseAddress!.ToString(), StringComparison.Ordinal)]) { RedirectStandardOutput = true };
            using var curl = Process.Start(start)!;
            string answer = await curl.StandardOutput.ReadToEndAsync();
            await curl.WaitForExitAsync();
            Assert.True(curl.ExitCode == 0 && answer.StartsWith('{'), $"{request}\n{answer}");
        }
    }

    [Fact]
    public async Task Every_metric_stands_in_the_guide()
    {
        await using var shop = await ServedShop.Start(options: asked => asked with { Scheduler = ["/bin/true"] });
        string guide = await File.ReadAllTextAsync(Path.Combine(TestData.Checkout, "docs", "guide", "serving.md"));

        string text = await shop.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Contains("clientele_scheduler_up", text, StringComparison.Ordinal);
        Assert.All(Families().Matches(text).Select(match => match.Groups[1].Value), family => Assert.Contains($"`{family}`", guide, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^```bash\n(curl .*?)\n```", RegexOptions.Multiline)]
    private static partial Regex Requests();
    [GeneratedRegex(@"^# TYPE ([a-z_]+) ", RegexOptions.Multiline)]
    private static partial Regex Families();
}
