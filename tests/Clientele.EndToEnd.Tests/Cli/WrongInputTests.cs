namespace Clientele.Tests.Cli;

/// <summary>Whatever is wrong with the input gets one clear message with the remedy, an exit code, and never a stack trace.</summary>
public sealed class WrongInputTests
{
    private const string Header = "invoice,product,description,quantity,ordered_at,price,customer,country\n";

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        using var folder = new TempFolder();
        await Refused(folder, await CliProcess.Run(folder.Path, "init", "shop", "--source", "orders.csv"), "orders.csv");
    }

    [Fact]
    public async Task A_source_that_has_gone_is_named()
    {
        using var folder = new TempFolder();
        folder.File("orders.csv", Header + "1,A1,CUP,1,2011-01-01 10:00:00,2.50,7,France\n");
        await CliProcess.Succeed(folder.Path, "init", "shop", "--source", "orders.csv");
        File.Delete(folder["orders.csv"]);
        await Refused(folder, await CliProcess.Run(folder.Path, "run", "shop"), "orders.csv");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\u007fELF\u0002\u0001\u0001\0\0\0", "orders.csv")]
    [InlineData("PK\u0003\u0004 this is a zip", "orders.csv")]
    public async Task An_empty_file_or_one_of_another_kind_is_refused(string content, string named)
    {
        using var folder = new TempFolder();
        folder.File("orders.csv", content);
        await Refused(folder, await CliProcess.Run(folder.Path, "init", "shop", "--source", "orders.csv"), named);
    }

    [Fact]
    public async Task A_wrong_column_name_is_answered_with_the_nearest_one()
    {
        using var folder = new TempFolder();
        folder.File("orders.csv", Header + "1,A1,CUP,1,2011-01-01 10:00:00,2.50,7,France\n");
        await CliProcess.Succeed(folder.Path, "init", "shop", "--source", "orders.csv");
        string yaml = folder["shop", "clientele.yaml"];
        File.WriteAllText(yaml, File.ReadAllText(yaml).Replace("quantity: quantity", "quantity: quantty", StringComparison.Ordinal));
        await Refused(folder, await CliProcess.Run(folder.Path, "run", "shop"), "'quantity'");
    }

    [Fact]
    public async Task Rows_that_are_all_bad_are_a_message_and_not_an_empty_result()
    {
        using var folder = new TempFolder();
        folder.File("orders.csv", Header + string.Concat(Enumerable.Range(1, 50).Select(i => $"{i},A1,CUP,many,2011-01-01 10:00:00,2.50,{i},France\n")));
        await CliProcess.Succeed(folder.Path, "init", "shop", "--source", "orders.csv");
        await Refused(folder, await CliProcess.Run(folder.Path, "run", "shop"), "row");
    }

    [Fact]
    public async Task Too_few_customers_are_a_message()
    {
        using var folder = new TempFolder();
        folder.File("orders.csv", Header + "1,A1,CUP,1,2011-01-01 10:00:00,2.50,7,France\n");
        await CliProcess.Succeed(folder.Path, "init", "shop", "--source", "orders.csv");
        await Refused(folder, await CliProcess.Run(folder.Path, "run", "shop"), "too few");
    }

    [Fact]
    public async Task A_misspelt_setting_is_answered_with_its_line()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["shop"]);
        folder.File("shop/clientele.yaml", "sources: [{files: a.csv}]\ncolumns: {invoice: i, customer: c, ordered_at: d}\nsegmentation: {segmnts: 4..8}\n");
        await Refused(folder, await CliProcess.Run(folder.Path, "config", "check", "shop"), "clientele.yaml:3:");
        await Refused(folder, await CliProcess.Run(folder.Path, "run", "shop"), "'segments'");
    }

    [Theory]
    [InlineData("runn")]
    [InlineData("run", "--thread", "2")]
    [InlineData("data", "generate")]
    [InlineData("data", "generate", "x", "--customers", "-5")]
    [InlineData("predict", "shop", "--orders", "a.csv", "--as-of", "yesterday")]
    public async Task Wrong_use_ends_with_2_and_points_to_the_help(params string[] arguments)
    {
        using var folder = new TempFolder();
        var result = await CliProcess.Run(folder.Path, arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--help", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("rnu shop", "'rnu' is no command of 'clientele'. Did you mean 'run'?")]
    [InlineData("models nmae 1 x -w shop", "'nmae' is no command of 'clientele models'. Did you mean 'name'?")]
    [InlineData("models", "'clientele models' needs one of its commands: list, show, promote,")]
    [InlineData("run --frsh", "'--frsh' is no option of 'clientele run'. Did you mean '--fresh'?")]
    [InlineData("init shop --sorce x.csv", "'--sorce' is no option of 'clientele init'. Did you mean '--source'?")]
    [InlineData("predict a.csv -w shop --output b.csv", "'--output' is no option of 'clientele predict'. Did you mean '--out'?")]
    [InlineData("run one two", "'two' is one argument too many for 'clientele run'.")]
    public async Task A_word_that_is_not_known_is_named_with_what_was_probably_meant(string words, string said)
    {
        using var folder = new TempFolder();
        var result = await CliProcess.Run(folder.Path, words.Split(' '));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains($"clientele: {said}", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_folder_whose_name_begins_with_a_dash_stands_after_two()
    {
        using var folder = new TempFolder();
        var result = await CliProcess.Run(folder.Path, "run", "--", "--shop");
        Assert.Contains("There is no clientele.yaml in --shop.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predicting_without_a_run_says_how_to_get_one()
    {
        using var folder = new TempFolder();
        folder.File("orders.csv", Header + "1,A1,CUP,1,2011-01-01 10:00:00,2.50,7,France\n");
        await Refused(folder, await CliProcess.Run(folder.Path, "predict", "shop", "--orders", "orders.csv"), "clientele run");
    }

    private static Task Refused(TempFolder folder, CliResult result, string named)
    {
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(named, result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("mistake in Clientele", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.StartsWith("clientele:", StringComparison.Ordinal) || line.Contains("clientele.yaml:", StringComparison.Ordinal));
        Assert.False(Directory.Exists(folder["shop", "runs", "latest"]));
        return Task.CompletedTask;
    }
}
