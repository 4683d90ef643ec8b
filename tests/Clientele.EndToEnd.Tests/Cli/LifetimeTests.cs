using System.Text.Json;

namespace Clientele.Tests.Cli;

public sealed class LifetimeTests
{
    [Fact]
    public async Task The_chosen_models_beat_every_baseline_on_Online_Retail_II()
    {
        using var folder = new TempFolder();
        await CliProcess.Succeed(folder.Path, "init", "shop", "--preset", "online-retail", "--source", TestData.File_("orders", "online_retail_II.parquet"));

        string output = await CliProcess.Succeed(folder.Path, "lifetime", "backtest", "shop", "--json", "--quiet");

        using var answer = JsonDocument.Parse(output);
        var cutoffs = answer.RootElement.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("cutoff").GetString()).Distinct();
        Assert.True(cutoffs.Count() >= 5);
        foreach (string forecast in (string[])["mean", "median"])
        {
            var choice = answer.RootElement.GetProperty(forecast);
            Assert.NotEqual(choice.GetProperty("baseline").GetString(), choice.GetProperty("model").GetString());
            Assert.True(choice.GetProperty("against_baseline").GetProperty("upper").GetDouble() < 0);
        }
    }

    [Fact]
    public async Task Orders_too_short_for_a_horizon_say_so()
    {
        using var folder = new TempFolder();
        await CliProcess.Succeed(folder.Path, "init", "shop", "--preset", "online-retail", "--source", TestData.File_("orders", "online_retail.csv.gz"));

        var result = await CliProcess.Run(folder.Path, "lifetime", "backtest", "shop", "--horizon", "9-months");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Give more orders, or a shorter --horizon.", result.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await CliProcess.Run(folder.Path, "lifetime", "backtest", "shop", "--horizon", "soon")).ExitCode);
    }
}
