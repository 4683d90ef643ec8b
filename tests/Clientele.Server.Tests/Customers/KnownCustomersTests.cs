using System.Text;
using Clientele.Models;
using Clientele.Tests.Batches;

namespace Clientele.Tests.Customers;

public sealed class KnownCustomersTests
{
    private const string Features = "recency_days,invoices,units,spend,average_order_value,distinct_products,cancellation_rate,monthly_spend_mean,monthly_spend_sd,spend_trend";

    private static readonly Dictionary<string, byte[]> Files = new()
    {
        ["segments.csv"] = Encoding.UTF8.GetBytes($""""
            "customer","segment","persona","distance","second_nearest","outlier",{string.Join(',', Features.Split(',').Select(name => $"\"{name}\""))}
            "10001",1,"Loyal Lena",0.5,2,false,65,13,530,3342.28,257.1,51,0,303.84,197.85,31.6
            "Müller, ""Bo""",3,"New Nora",1.25,1,true,273,1,9,30.78,30.78,7,0,30.78,0,0
            "'=1+1",2,"Thrifty Tom",0.75,3,false,5,2,12,60.5,30.25,7,0,30.25,1,0

            """"),
        ["lifetime/customers.csv"] = Encoding.UTF8.GetBytes(""""
            "customer","persona","clv_mean","clv_median","clv_lower_80","clv_upper_80","clv_lower_95","clv_upper_95","clv_discounted","expected_orders","p_alive","churn_risk","next_order","decile","drivers"
            "10001","Loyal Lena",1007.96,1032.63,554.56,2840.28,0.00,3487.91,984.65,3.103753436365162,0.9642008333908813,"low","2026-02-09",2,"worth of a purchase +395.17"
            "Müller, ""Bo""","New Nora",5.95,3.76,\N,\N,0.00,71.13,5.81,0.13,0.1,"high",\N,9,""

            """"),
        ["recommendations.csv"] = Encoding.UTF8.GetBytes(""""
            "customer","segment","rank","product","description"
            "10001",1,1,"P1","A candle"
            "10001",1,2,"P2","A lamp"

            """"),
    };

    [Fact]
    public async Task A_known_customer_is_told_with_value_and_products()
    {
        await using var shop = await ServedShop.Start(files: Files);

        var (status, answer) = await shop.Post("/api/v1/customers/lookup", new { id = "10001" });

        Assert.Equal(200, status);
        Assert.Equal((1, "Loyal Lena", 0.5), (answer.GetProperty("segment").GetInt32(), answer.GetProperty("persona").GetString(), answer.GetProperty("distance").GetDouble()));
        Assert.Equal((1007.96, 0.9642008333908813, "2026-02-09"), (answer.GetProperty("value").GetProperty("mean").GetDouble(), answer.GetProperty("value").GetProperty("p_alive").GetDouble(), answer.GetProperty("value").GetProperty("next_order").GetString()));
        Assert.Equal(["P1", "P2"], answer.GetProperty("recommendations").EnumerateArray().Select(product => product.GetProperty("product").GetString()));
        Assert.Equal(3342.28, answer.GetProperty("features").GetProperty("spend").GetDouble());
    }

    [Fact]
    public async Task Ids_with_quotes_commas_letters_beyond_ASCII_and_formulas_are_found()
    {
        await using var shop = await ServedShop.Start(files: Files);

        var (_, answer) = await shop.Post("/api/v1/customers/lookup", new { id = "Müller, \"Bo\"" });

        Assert.Equal(3, answer.GetProperty("segment").GetInt32());
        Assert.False(answer.GetProperty("value").TryGetProperty("lower80", out _));
        Assert.False(answer.GetProperty("value").TryGetProperty("next_order", out _));
        Assert.Equal(2, (await shop.Post("/api/v1/customers/lookup", new { id = "=1+1" })).Body.GetProperty("segment").GetInt32());
    }

    [Fact]
    public async Task Prediction_of_a_known_customer_is_that_of_the_features_the_run_found()
    {
        await using var shop = await ServedShop.Start(files: Files);
        double[] row = [65, 13, 530, 3342.28, 257.1, 51, 0, 303.84, 197.85, 31.6];

        var (status, known) = await shop.Post("/api/v1/predict", new { customer = "10001" });
        var (_, same) = await shop.Post("/api/v1/predict", new { features = Predictions.PredictionTests.Named(shop, row) });

        Assert.Equal(200, status);
        foreach (var member in same.EnumerateObject())
            Assert.Equal(member.Value.GetRawText(), known.GetProperty(member.Name).GetRawText());
        Assert.Equal(1032.63, known.GetProperty("value").GetProperty("median").GetDouble());
    }

    [Theory, InlineData("customer"), InlineData("Kunde")]
    public async Task A_file_of_ids_is_assigned_under_our_name_of_their_column_and_the_sources(string column)
    {
        await using var shop = await ServedShop.Start(WithKunde, files: Files);

        var job = await shop.Batch($"{column}\n10001\nnobody\n=1+1\n");

        Assert.Equal(("completed", "customers"), (job.State(), job.GetProperty("kind").GetString()));
        var answers = await shop.Lines(job);
        Assert.Equal([(2, "10001"), (4, "=1+1")], answers.Select(answer => (answer.GetProperty("line").GetInt32(), answer.GetProperty("id").GetString()!)));
        foreach (var answer in answers)
        {
            var alone = (await shop.Post("/api/v1/predict", new { customer = answer.GetProperty("id").GetString() })).Body;
            Assert.Equal(alone.GetProperty("distance").GetDouble(), answer.GetProperty("distance").GetDouble());
        }
        Assert.Equal(["row/unknown-customer"], (await shop.Lines(job, "quarantine")).Select(row => row.GetProperty("kind").GetString()!));
    }

    private static ModelBundle WithKunde(ulong seed)
    {
        var bundle = Bundles.Segments(seed);
        return bundle with { Settings = bundle.Settings with { Columns = bundle.Settings.Columns with { Customer = "Kunde" } } };
    }

    [Fact]
    public async Task Nobody_else_is_known()
    {
        await using var shop = await ServedShop.Start(files: Files);

        Assert.Equal(404, (await shop.Post("/api/v1/customers/lookup", new { id = "10002" })).Status);
        Assert.Equal(400, (await shop.Post("/api/v1/predict", new { customer = "10002" })).Status);
        Assert.Equal(400, (await shop.Post("/api/v1/customers/lookup", """{"id": 5, "name": "x"}""")).Status);
    }
}
