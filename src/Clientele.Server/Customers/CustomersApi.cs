using System.Globalization;
using Clientele.Access;
using Clientele.Lifetime;
using Clientele.Server.Access;
using Clientele.Server.Json;
using Clientele.Server.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Clientele.Server.Customers;

/// <summary>Customers that the model's run knew. Their ids are personal data, so they come in bodies and never in addresses.</summary>
internal static class CustomersApi
{
    public static void MapCustomers(this IEndpointRouteBuilder app)
    {
        var models = app.ServiceProvider.GetRequiredService<ServedModels>();
        app.Post("/api/v1/customers/lookup", context => LookUp(context, models))
            .Needs(Role.Viewer).WithTags("Customers").WithSummary("What the newest run with this model says of a customer: segment, persona, features, lifetime value, next products")
            .Accepts<LookupRequest>(AnswerBuffer.JsonType).Produces<CustomerAnswer>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task LookUp(HttpContext context, ServedModels models)
    {
        string id;
        using (var body = await RequestBody.Read(context))
            id = TextFields.Read(body.Bytes, "id")[0];
        var model = models.Current;
        if (model.Customers.Find(id) is not { } known)
            throw Unknown();
        await Answers.Send(context, Answer(id, known, model), AnswerJson.Default.CustomerAnswer);
    }

    public static RequestException Unknown() => new(StatusCodes.Status404NotFound,
        new("customers/unknown", "The model's run did not assign such a customer.", "Send the customer's orders or features to /api/v1/predict instead."), []);

    private static CustomerAnswer Answer(string id, KnownCustomer known, ServedModel model)
    {
        var assigned = known.Assigned;
        return new(
            id, int.Parse(assigned["segment"], CultureInfo.InvariantCulture), assigned["persona"], Number(assigned["distance"]), int.Parse(assigned["second_nearest"], CultureInfo.InvariantCulture), assigned["outlier"] == "true",
            assigned.Where(cell => model.Features.Knows(cell.Key)).ToDictionary(cell => cell.Key, cell => Number(cell.Value)),
            known.Value is { } value ? ValueAnswer.Of(value) : null,
            [.. model.Customers.ProductsFor(id).Select(product => new RecommendedProduct(int.Parse(product["rank"], CultureInfo.InvariantCulture), product["product"], product["description"]))],
            model.Version.Model, model.Version.Version);
    }

    private static double Number(string cell) => double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);
}

internal sealed record LookupRequest(string Id);

/// <param name="Features">In original units, as of the run's reference date.</param>
/// <param name="Value">Left out: the run valued nobody.</param>
internal sealed record CustomerAnswer(
    string Id, int Segment, string Persona, double Distance, int SecondNearest, bool Outlier, IReadOnlyDictionary<string, double> Features, ValueAnswer? Value,
    IReadOnlyList<RecommendedProduct> Recommendations, string Model, long ModelVersion);

/// <summary>What a customer will be worth over the run's horizon.</summary>
/// <param name="Lower80">With <paramref name="Upper80"/> it holds the spend in 80 of 100 cases; left out: nothing calibrates it, or it has no end.</param>
/// <param name="PAlive">Probability that the customer still is one, 0 … 1.</param>
/// <param name="Decile">1 (best) … 10.</param>
internal sealed record ValueAnswer(double Mean, double Median, double? Lower80, double? Upper80, double? ExpectedOrders, double? PAlive, string? ChurnRisk, string? NextOrder, int Decile)
{
    public static ValueAnswer Of(CustomerValue value) => new(
        (double)value.Mean, (double)value.Median, (double?)value.Likely?.Lower, (double?)value.Likely?.Upper, value.Orders, value.Alive,
        value.Risk?.ToString().ToLowerInvariant(), value.NextOrder?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), value.Decile);

    /// <param name="row">Of <c>lifetime/customers.csv</c>.</param>
    public static ValueAnswer Of(IReadOnlyDictionary<string, string> row)
    {
        return new(
            Number("clv_mean")!.Value, Number("clv_median")!.Value, Number("clv_lower_80"), Number("clv_upper_80"), Number("expected_orders"), Number("p_alive"),
            row["churn_risk"] is { Length: > 0 } risk ? risk : null, row["next_order"] is { Length: > 0 } day && day != "\\N" ? day : null, int.Parse(row["decile"], CultureInfo.InvariantCulture));

        double? Number(string column) => double.TryParse(row[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
    }
}

internal sealed record RecommendedProduct(int Rank, string Product, string Description);
