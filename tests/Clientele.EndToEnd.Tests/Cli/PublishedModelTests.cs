using System.Globalization;

namespace Clientele.Tests.Cli;

/// <summary>System 002's model through the command line. Source of all figures: its committed model and README.</summary>
public sealed class PublishedModelTests
{
    private const string TwoCustomers = """
        customer,frequency,recency_days,total_revenue,avg_order_value,tenure_days,active_months,purchase_velocity,avg_gap_days,std_gap_days
        first,18,14,8500,470,600,12,1.5,15,6
        second,10,14,5000,500,365,12,1.2,20,5
        """;

    [Fact]
    public async Task A_fit_of_the_published_model_answers_as_published()
    {
        using var folder = new TempFolder();
        await Init(folder);

        string said = await CliProcess.Succeed(folder.Path, "lifetime", "fit", "shop", "--model", "clv_6m_linear");

        Assert.Contains("validation  RMSE 3,037.14   MAE 1,070.80", said, StringComparison.Ordinal);
        Assert.Contains("test        RMSE 4,653.10   MAE 1,139.24", said, StringComparison.Ordinal);
        await AnswersAsPublished(folder);
        string[] rows = await File.ReadAllLinesAsync(Path.Combine(folder.Path, "shop", "runs", "latest-published", "lifetime", "clv_6m_linear.csv"), TestContext.Current.CancellationToken);
        Assert.Equal(1 + 2_718, rows.Length);
        Assert.EndsWith(",0.0000", rows.Single(row => row.StartsWith("\"12346\",", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.EndsWith(",2261.7500", rows.Single(row => row.StartsWith("\"12347\",", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_are_no_features_say_where()
    {
        using var folder = new TempFolder();
        await Init(folder);
        await CliProcess.Succeed(folder.Path, "lifetime", "fit", "shop", "--model", "clv_6m_linear", "--quiet");

        await Fails(TwoCustomers.Replace(",18,", ",many,", StringComparison.Ordinal), "rows.csv:2: 'many' in column 'frequency' is no number.");
        await Fails(TwoCustomers.Replace(",6\n", "\n", StringComparison.Ordinal), "rows.csv:2: 9 cells where the header has 10.");
        await Fails(TwoCustomers.Replace("frequency", "orders", StringComparison.Ordinal), "rows.csv:1: There is no column 'frequency'.");
        Assert.Equal(2, (await CliProcess.Run(folder.Path, "lifetime", "predict", "shop", "--model", "clv_6m_linear")).ExitCode);

        async Task Fails(string rows, string message)
        {
            await File.WriteAllTextAsync(Path.Combine(folder.Path, "rows.csv"), rows, TestContext.Current.CancellationToken);
            var result = await CliProcess.Run(folder.Path, "lifetime", "predict", "shop", "--model", "clv_6m_linear", "--features", "rows.csv");
            Assert.Equal(1, result.ExitCode);
            Assert.Contains(message, result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_days_to_learn_from_there_is_no_published_model()
    {
        using var folder = new TempFolder();
        await CliProcess.Succeed(folder.Path, "init", "shop", "--preset", "online-retail", "--source", TestData.File_("orders", "online_retail.csv.gz"));

        var result = await CliProcess.Run(folder.Path, "lifetime", "fit", "shop", "--model", "clv_6m_linear");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("'as_of' and 'target_until'", result.Error, StringComparison.Ordinal);
    }

    private static Task<string> Init(TempFolder folder) =>
        CliProcess.Succeed(folder.Path, "init", "shop", "--preset", "clv-6m", "--source", TestData.File_("orders", "online_retail_II.csv.gz"));

    private static async Task AnswersAsPublished(TempFolder folder)
    {
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "two.csv"), TwoCustomers, TestContext.Current.CancellationToken);
        string[] answers = (await CliProcess.Succeed(folder.Path, "lifetime", "predict", "shop", "--model", "clv_6m_linear", "--features", "two.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("customer,predicted_clv_6m", answers[0]);
        Assert.Equal(8051.1214612057, Number(answers[1], "first,"), 1e-6);
        Assert.Equal(5554.6021042519, Number(answers[2], "second,"), 1e-6);
    }

    private static double Number(string answer, string customer) => double.Parse(answer[customer.Length..], CultureInfo.InvariantCulture);
}
