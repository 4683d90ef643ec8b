using System.Text.Json.Nodes;
using Clientele.Server.Json;
using Clientele.Server.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Clientele.Server.Segments;

/// <summary>The segments of the model that answers, and their human faces.</summary>
internal static class SegmentsApi
{
    public static void MapSegments(this IEndpointRouteBuilder app)
    {
        var models = app.ServiceProvider.GetRequiredService<ServedModels>();
        app.Get("/api/v1/segments", context => Answers.Send(context, List(models.Current), AnswerJson.Default.SegmentsAnswer))
            .WithTags("Segments").WithSummary("The segments of the model that answers").Produces<SegmentsAnswer>();
        app.Get("/api/v1/personas", context => Answers.Send(context, Personas(models.Current), AnswerJson.Default.JsonArray))
            .WithTags("Segments").WithSummary("Every persona as the model's run found it: story, action, traits, rule, profile").Produces<JsonArray>().ProducesProblem(StatusCodes.Status404NotFound);
        app.Get("/api/v1/personas/{segment}", context => Answers.Send(context, One(models.Current, context), AnswerJson.Default.JsonNode))
            .WithTags("Segments").WithSummary("One persona").Produces<JsonObject>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static SegmentsAnswer List(ServedModel model)
    {
        var found = model.Bundle.Personas is null ? null : Personas(model);
        return new(model.Version.Model, model.Version.Version, [.. model.Bundle.Segments.Select(segment =>
        {
            var persona = found?.FirstOrDefault(one => (int?)one!["segment"] == segment.Segment);
            return new SegmentAnswer(segment.Segment, segment.Persona, (int?)persona?["customers"], (double?)persona?["customer_share"], (decimal?)persona?["revenue"], (double?)persona?["revenue_share"], (string?)persona?["action"]);
        })]);
    }

    internal static JsonArray Personas(ServedModel model)
    {
        if (model.Bundle.Personas is not { } kept)
            throw new RequestException(StatusCodes.Status404NotFound, new("personas/none", "This model has no personas: an earlier version of Clientele made it.", "Run the workspace, and promote what it makes."), []);
        var personas = JsonNode.Parse(kept.Span)!.AsArray();
        foreach (var persona in personas)
            persona!.AsObject().Remove("examples");      // empty: nobody's id is kept
        return personas;
    }

    private static JsonNode One(ServedModel model, HttpContext context) =>
        Personas(model).FirstOrDefault(persona => persona!["segment"]!.ToString() == (string?)context.Request.RouteValues["segment"])
        ?? throw new RequestException(StatusCodes.Status404NotFound, new("personas/unknown", "There is no such segment.", $"There are 1 … {model.Segments.Segments}."), []);
}

internal sealed record SegmentsAnswer(string Model, long ModelVersion, IReadOnlyList<SegmentAnswer> Segments);

/// <summary>What the model's run found of it is left out where the bundle has no personas.</summary>
/// <param name="CustomerShare">0 … 1.</param>
/// <param name="RevenueShare">0 … 1.</param>
internal sealed record SegmentAnswer(int Segment, string Persona, int? Customers, double? CustomerShare, decimal? Revenue, double? RevenueShare, string? Action);
