namespace Clientele.Tests.Cli;

public sealed class ModelTests
{
    [Theory]
    [InlineData("mixture"), InlineData("ward"), InlineData("medoids"), InlineData("prototypes")]
    public async Task A_shop_runs_with_every_model_and_predicts_what_it_trained(string model)
    {
        using var folder = new TempFolder();
        await Shop(folder, model);
        string said = await CliProcess.Succeed(folder.Path, "run", "shop");
        Assert.Contains($"by the model '{model}'", said, StringComparison.Ordinal);

        await CliProcess.Succeed(folder.Path, "predict", "shop", "--orders", "shop/orders.csv", "--out", "again.csv");

        Assert.Equal(File.ReadAllText(folder["shop", "runs", "latest", "segments.csv"]), File.ReadAllText(folder["again.csv"]));
    }

    [Fact]
    public async Task A_model_that_does_not_exist_is_answered_with_the_nearest_that_does()
    {
        using var folder = new TempFolder();
        await Shop(folder, "mixtures");

        var refused = await CliProcess.Run(folder.Path, "run", "shop");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("'mixtures' is not a value of 'model'. Did you mean 'mixture'?", refused.Error, StringComparison.Ordinal);
    }

    private static async Task Shop(TempFolder folder, string model)
    {
        await CliProcess.Succeed(folder.Path, "data", "generate", "shop", "--customers", "400", "--seed", "3");
        await CliProcess.Succeed(folder.Path, "init", "shop", "--source", "shop/orders.csv");
        string file = folder["shop", "clientele.yaml"], settings = await File.ReadAllTextAsync(file);
        Assert.Contains("  model: kmeans ", settings, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, settings.Replace("  model: kmeans ", $"  model: {model} ", StringComparison.Ordinal).Replace("resamples: 50", "resamples: 5", StringComparison.Ordinal));
    }
}
