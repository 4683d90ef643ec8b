using System.Text.Json;
using Clientele.Tests.Pipeline;

namespace Clientele.Tests.Cli;

public sealed class GatesTests
{
    [Fact]
    public async Task A_challenger_that_does_not_pass_is_refused_unless_it_is_forced_and_both_are_on_record()
    {
        using var shop = await SmallShop.Create(customers: 300);
        await shop.Run();
        await shop.Run("--seed", "7");
        shop.Change("least_jaccard: 0.5", "least_jaccard: 1.0");

        var refused = await CliProcess.Run(shop.Folder, "models", "promote", "2", "--reason", "looks nice", "-w", "shop");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("does not pass: least jaccard", refused.Error, StringComparison.Ordinal);
        Assert.Contains("customers would move", refused.Output, StringComparison.Ordinal);
        Assert.Equal(1, await Champion(shop));
        using (var preview = JsonDocument.Parse(await CliProcess.Succeed(shop.Folder, "models", "promote", "2", "--preview", "--json", "-w", "shop")))
        {
            var clv = preview.RootElement.GetProperty("judgement").GetProperty("gates").EnumerateArray().Single(gate => gate.GetProperty("name").GetString() == "clv error");
            // Both ways of valuing on the newer run's past.
            var (older, newer) = (await Contest(shop, 1), await Contest(shop, 0));
            Assert.Equal(newer.Error(older.Chosen) / newer.Error(newer.Baseline), clv.GetProperty("champion").GetDouble(), tolerance: 1e-12);
            Assert.Equal(newer.Error(newer.Chosen) / newer.Error(newer.Baseline), clv.GetProperty("challenger").GetDouble(), tolerance: 1e-12);
        }
        await CliProcess.Succeed(shop.Folder, "models", "promote", "2", "--reason", "I know better", "--force", "-w", "shop");
        Assert.Equal(2, await Champion(shop));
        using var told = JsonDocument.Parse(await CliProcess.Succeed(shop.Folder, "models", "show", "2", "--json", "-w", "shop"));
        var judged = told.RootElement.GetProperty("done").EnumerateArray().Where(entry => entry.GetProperty("action").GetString() == "judged").ToList();
        Assert.Equal(["looks nice", "I know better"], judged.Select(entry => entry.GetProperty("reason").GetString()));
        var figures = judged.Select(entry => JsonDocument.Parse(entry.GetProperty("detail").GetString()!).RootElement).ToList();
        Assert.Equal(["refused", "forced"], figures.Select(figure => figure.GetProperty("decision").GetString()));
        Assert.All(figures, figure => Assert.Equal((300, 5), (figure.GetProperty("customers").GetInt32(), figure.GetProperty("gates").GetArrayLength())));
        await CliProcess.Succeed(shop.Folder, "models", "verify", "-w", "shop");

        // A workspace that is moved finds its runs where it is now.
        Directory.Move(shop[""], Path.Combine(shop.Folder, "moved"));
        Assert.Contains("of 300 customers would move", await CliProcess.Succeed(shop.Folder, "models", "promote", "1", "--preview", "-w", "moved"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_model_that_passes_becomes_champion_by_itself_only_where_the_settings_say_so()
    {
        using var shop = await SmallShop.Create(customers: 300);
        await shop.Run();
        await shop.Run("--seed", "7");
        Assert.Equal(1, await Champion(shop));
        foreach (var (from, to) in ((string, string)[])[("promote: manual", "promote: auto"), ("silhouette_drop: 0.05", "silhouette_drop: 2"), ("least_jaccard: 0.5", "least_jaccard: 0"), ("clv_error_rise: 0.1", "clv_error_rise: 100"), ("least_share: 0.01", "least_share: 0"), ("most_moved: 0.5", "most_moved: 1")])
            shop.Change(from, to);
        await shop.Run("--seed", "8");
        Assert.Equal(3, await Champion(shop));
        shop.Change("least_jaccard: 0", "least_jaccard: 1");
        await shop.Run("--seed", "9");
        Assert.Equal(3, await Champion(shop));
    }

    // Of the run before so many.
    private static async Task<(string Chosen, string Baseline, Func<string, double> Error)> Contest(SmallShop shop, int back)
    {
        string run = (await shop.Runs())[back].Id;
        var contest = JsonDocument.Parse(await File.ReadAllTextAsync(shop["runs", run, "lifetime", "contest.json"])).RootElement;
        var mean = contest.GetProperty("mean");
        return (mean.GetProperty("model").GetString()!, mean.GetProperty("baseline").GetString()!,
            model => contest.GetProperty("entries").EnumerateArray().Where(entry => entry.GetProperty("model").GetString() == model).Average(entry => entry.GetProperty("rmse").GetDouble()));
    }

    private static async Task<int> Champion(SmallShop shop)
    {
        using var told = JsonDocument.Parse(await CliProcess.Succeed(shop.Folder, "models", "show", "champion", "--json", "-w", "shop"));
        return told.RootElement.GetProperty("version").GetProperty("version").GetInt32();
    }
}
