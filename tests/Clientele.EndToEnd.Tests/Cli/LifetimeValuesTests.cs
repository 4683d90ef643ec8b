using System.Globalization;
using System.Text.Json;

namespace Clientele.Tests.Cli;

/// <summary><c>lifetime fit</c>, <c>predict</c> and <c>explain</c>, and the step of <c>run</c>, as their files and output tell.</summary>
public sealed class LifetimeValuesTests
{
    [Fact]
    public async Task On_Online_Retail_II_contributions_add_up_for_every_customer_and_amounts_to_the_cent()
    {
        using var folder = new TempFolder();
        await CliProcess.Succeed(folder.Path, "init", "shop", "--preset", "online-retail", "--source", TestData.File_("orders", "online_retail_II.parquet"));

        using var fitted = JsonDocument.Parse(await CliProcess.Succeed(folder.Path, "lifetime", "fit", "shop", "--json", "--quiet"));

        string lifetime = folder["shop", "runs", "latest-lifetime", "lifetime"];
        var customers = Rows(Path.Combine(lifetime, "customers.csv"));
        var parts = Rows(Path.Combine(lifetime, "contributions.csv"));
        Assert.Equal(5_852, customers.Count);
        foreach (var (customer, part) in customers.Zip(parts))
        {
            Assert.Equal(customer["customer"], part["customer"]);
            double forecast = Number(part["forecast"]), sum = part.Where(cell => cell.Key is not ("customer" or "forecast")).Sum(cell => Number(cell.Value));
            Assert.Equal(forecast, sum, 1e-9);
            Assert.Equal(forecast, Number(customer["clv_mean"]), 0.005001);
        }
        var total = fitted.RootElement.GetProperty("portfolio").GetProperty("total");
        Assert.Equal(customers.Sum(row => Amount(row["clv_mean"])), total.GetProperty("expected").GetDecimal());
        Assert.Equal(customers.Sum(row => Amount(row["clv_discounted"])), total.GetProperty("discounted").GetDecimal());

        string again = await CliProcess.Succeed(folder.Path, "lifetime", "predict", "shop", "--quiet");
        Assert.Equal(File.ReadAllText(Path.Combine(lifetime, "customers.csv")), again);

        using var why = JsonDocument.Parse(await CliProcess.Succeed(folder.Path, "lifetime", "explain", "shop", "12347", "--json", "--quiet"));
        var drivers = why.RootElement.GetProperty("drivers").EnumerateArray().Sum(driver => driver.GetProperty("amount").GetDouble());
        Assert.Equal(why.RootElement.GetProperty("forecast").GetDouble(), why.RootElement.GetProperty("base").GetDouble() + drivers, 1e-9);
        Assert.Equal(customers.Single(row => row["customer"] == "12347")["clv_mean"], why.RootElement.GetProperty("value").GetProperty("mean").GetDecimal().ToString(CultureInfo.InvariantCulture));

        var unknown = await CliProcess.Run(folder.Path, "lifetime", "explain", "shop", "12347x");
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("Did you mean '12347'?", unknown.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_values_personas_that_add_up_to_the_portfolio_and_can_leave_it_out()
    {
        using var folder = new TempFolder();
        await CliProcess.Succeed(folder.Path, "data", "generate", "shop", "--customers", "800", "--seed", "11", "--quiet");
        await CliProcess.Succeed(folder.Path, "init", "shop", "--source", "shop/orders.csv");
        string settings = folder["shop", "clientele.yaml"], yaml = File.ReadAllText(settings);
        File.WriteAllText(settings, yaml.Replace("evidence: full", "evidence: plain", StringComparison.Ordinal));

        string said = await CliProcess.Succeed(folder.Path, "run", "shop");

        string run = folder["shop", "runs", "latest"];
        using var portfolio = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "lifetime", "portfolio.json")));
        decimal total = portfolio.RootElement.GetProperty("total").GetProperty("expected").GetDecimal();
        var customers = Rows(Path.Combine(run, "lifetime", "customers.csv"));
        using var predicted = JsonDocument.Parse(await CliProcess.Succeed(folder.Path, "lifetime", "predict", "shop", "--json", "--quiet"));
        Assert.Equal((total, customers.Count), (predicted.RootElement.GetProperty("expected").GetDecimal(), predicted.RootElement.GetProperty("customers").GetArrayLength()));
        var personas = portfolio.RootElement.GetProperty("personas").EnumerateArray().ToDictionary(each => each.GetProperty("group").GetString()!, each => each.GetProperty("expected").GetDecimal());
        Assert.Equal(total, personas.Values.Sum());
        Assert.Equal(total, customers.Sum(row => Amount(row["clv_mean"])));
        foreach (var persona in customers.GroupBy(row => row["persona"]))
            Assert.Equal(personas[persona.Key], persona.Sum(row => Amount(row["clv_mean"])));
        Assert.Contains($"will spend {total.ToString("N2", CultureInfo.InvariantCulture)} in the 6 months", said, StringComparison.Ordinal);
        Assert.Contains("value-heading", File.ReadAllText(Path.Combine(run, "report.html")), StringComparison.Ordinal);

        int lifetime = yaml.IndexOf("lifetime:\n", StringComparison.Ordinal);
        string without = yaml[..lifetime] + "lifetime: off\n" + yaml[yaml.IndexOf("outputs:", StringComparison.Ordinal)..];
        File.WriteAllText(settings, without.Replace("evidence: full", "evidence: plain", StringComparison.Ordinal));
        await CliProcess.Succeed(folder.Path, "run", "shop", "--quiet");
        Assert.False(Directory.Exists(folder["shop", "runs", "latest", "lifetime"]));
        Assert.True(File.Exists(folder["shop", "runs", "latest-lifetime", "lifetime", "customers.csv"]));
    }

    [Fact]
    public async Task Without_a_model_it_says_how_to_make_one()
    {
        using var folder = new TempFolder();
        await CliProcess.Succeed(folder.Path, "data", "generate", "shop", "--customers", "50", "--quiet");
        await CliProcess.Succeed(folder.Path, "init", "shop", "--source", "shop/orders.csv");

        var result = await CliProcess.Run(folder.Path, "lifetime", "predict", "shop");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Make one: clientele lifetime fit DIR", result.Error, StringComparison.Ordinal);
    }

    // No cell of these files holds a comma inside quotes but the drivers, which stand last.
    private static List<Dictionary<string, string>> Rows(string path)
    {
        string[] lines = File.ReadAllLines(path), names = Cells(lines[0], int.MaxValue);
        return [.. lines.Skip(1).Select(line => names.Zip(Cells(line, names.Length)).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    private static string[] Cells(string line, int most) => [.. line.Split(',', most).Select(cell => cell.Trim('"'))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static decimal Amount(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
