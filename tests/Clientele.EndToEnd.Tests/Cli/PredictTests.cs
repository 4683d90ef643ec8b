namespace Clientele.Tests.Cli;

public sealed class PredictTests
{
    [Fact]
    public async Task The_customers_of_the_training_get_the_segments_they_had()
    {
        using var folder = new TempFolder();
        await CliProcess.Succeed(folder.Path, "data", "generate", "shop", "--customers", "600", "--seed", "3");
        await CliProcess.Succeed(folder.Path, "init", "shop", "--source", "shop/orders.csv");
        await CliProcess.Succeed(folder.Path, "run", "shop", "--quiet");

        await CliProcess.Succeed(folder.Path, "predict", "shop", "--orders", "shop/orders.csv", "--out", "again.csv");

        Assert.Equal(File.ReadAllText(folder["shop", "runs", "latest", "segments.csv"]), File.ReadAllText(folder["again.csv"]));
    }

    [Fact]
    public async Task A_customer_who_was_not_in_training_is_assigned_alike_alone_and_in_company()
    {
        using var folder = new TempFolder();
        await CliProcess.Succeed(folder.Path, "data", "generate", "all", "--customers", "700", "--seed", "5");
        string[] lines = File.ReadAllLines(folder["all", "orders.csv"]);
        int customer = Array.IndexOf(lines[0].Split(','), "customer");
        bool Held(string line) => line.Split(',') is var cells && cells.Length > customer && cells[customer].EndsWith('7');
        string Rest(bool held) => string.Join('\n', lines.Where((line, i) => i == 0 || Held(line) == held)) + "\n";
        folder.File("known.csv", Rest(held: false));
        folder.File("new.csv", Rest(held: true));
        await CliProcess.Succeed(folder.Path, "init", "shop", "--source", "known.csv");
        await CliProcess.Succeed(folder.Path, "run", "shop", "--quiet");

        string together = await CliProcess.Succeed(folder.Path, "predict", "shop", "--orders", "new.csv", "--as-of", "2026-01-15");

        string[] assigned = together.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(assigned.Length, 30, 110);
        string someone = assigned[5].Split(',')[0].Trim('"');
        folder.File("one.csv", string.Join('\n', lines.Where((line, i) => i == 0 || line.Split(',').ElementAtOrDefault(customer) == someone)) + "\n");
        string alone = await CliProcess.Succeed(folder.Path, "predict", "shop", "--orders", "one.csv", "--as-of", "2026-01-15");
        Assert.Equal(assigned[5], alone.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1]);
    }

    [Fact]
    public async Task The_answer_goes_to_a_Parquet_file_when_its_name_says_so()
    {
        using var folder = new TempFolder();
        await CliProcess.Succeed(folder.Path, "data", "generate", "shop", "--customers", "300", "--seed", "3");
        await CliProcess.Succeed(folder.Path, "init", "shop", "--source", "shop/orders.csv");
        await CliProcess.Succeed(folder.Path, "run", "shop", "--quiet");

        string output = await CliProcess.Succeed(folder.Path, "predict", "shop", "--orders", "shop/orders.csv", "--out", "again.parquet", "--quiet");

        Assert.Empty(output);
        Assert.Equal(File.ReadAllBytes(folder["shop", "runs", "latest", "segments.parquet"]), File.ReadAllBytes(folder["again.parquet"]));
    }
}
