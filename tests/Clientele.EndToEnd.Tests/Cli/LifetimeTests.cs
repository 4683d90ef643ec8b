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

    [Fact]
    public async Task A_horizon_longer_than_the_orders_allow_to_try_leaves_a_baseline_by_name()
    {
        using var folder = new TempFolder();
        await CliProcess.Succeed(folder.Path, "init", "shop", "--preset", "online-retail", "--source", TestData.File_("orders", "online_retail.csv.gz"));
        string settings = folder["shop", "clientele.yaml"];
        await File.WriteAllTextAsync(settings, (await File.ReadAllTextAsync(settings)).Replace("horizon: 6 months", "horizon: 3 years", StringComparison.Ordinal));

        string said = await CliProcess.Succeed(folder.Path, "lifetime", "fit", "shop");

        Assert.Contains("The past holds no two windows of 36 months after each other, so no model can be tried: means are the baseline 'past rate'", said, StringComparison.Ordinal);
    }
}
