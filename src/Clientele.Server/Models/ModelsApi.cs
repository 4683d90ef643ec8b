using System.Globalization;
using System.Text.Json;
using Clientele.Access;
using Clientele.Lifetime;
using Clientele.Pipeline;
using Clientele.Registry;
using Clientele.Server.Access;
using Clientele.Server.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Clientele.Server.Models;

/// <summary>Which versions there are, which one answers, and changing that.</summary>
internal static class ModelsApi
{
    public static void MapModels(this IEndpointRouteBuilder app)
    {
        var models = app.ServiceProvider.GetRequiredService<ServedModels>();
        var alerts = app.ServiceProvider.GetRequiredService<PromotionAlerts>();
        app.Get("/api/v1/model", context => Answers.Send(context, Served(models.Current), AnswerJson.Default.ServedModelAnswer))
            .WithTags("Models").WithSummary("The model that answers, and what it must know of a customer").Produces<ServedModelAnswer>();
        app.Get("/api/v1/models", context => List(context, models))
            .WithTags("Models").WithSummary("All versions, the newest first").Produces<ModelsAnswer>();
        app.Get("/api/v1/models/{version}", context => Show(context, models))
            .WithTags("Models").WithSummary("A version and everything that was done with it").Produces<ModelAnswer>().ProducesProblem(StatusCodes.Status404NotFound);
        app.Get("/api/v1/models/{version}/preview", context => Preview(context, models))
            .Needs(Role.Operator).WithTags("Models").WithSummary("How many customers would move if a version became champion, and whether it passes the gates").Produces<PreviewAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        app.Post("/api/v1/models/{version}/promote", context => Promote(context, models, alerts))
            .Needs(Role.Admin).WithTags("Models").WithSummary("Makes a version the champion if it passes the gates, or if it is forced to; a refusal says in 'gates' how it did").Accepts<PromoteRequest>(AnswerBuffer.JsonType).Produces<ChampionAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        app.Post("/api/v1/models/rollback", context => Rollback(context, models, alerts))
            .Needs(Role.Admin).WithTags("Models").WithSummary("Makes the champion before the present one champion again").Accepts<ReasonRequest>(AnswerBuffer.JsonType).Produces<ChampionAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        app.Post("/api/v1/models/{version}/name", context => Name(context, models))
            .Needs(Role.Admin).WithTags("Models").WithSummary("Gives a version a name, or moves one that another version has; 'champion' is given by promoting").Accepts<NameRequest>(AnswerBuffer.JsonType).Produces<NameAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        app.Post("/api/v1/models/unname", context => Unname(context, models))
            .Needs(Role.Admin).WithTags("Models").WithSummary("Takes a name away; the version stays").Accepts<NameRequest>(AnswerBuffer.JsonType).Produces<NameAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static ServedModelAnswer Served(ServedModel model) => new(
        model.Version.Model, model.Version.Version, model.Version.Digest, model.Bundle.Model.Clusters.GetType().Name, model.Segments.Segments, model.Bundle.ReferenceDate,
        [.. model.Segments.Features.Select(name => model.Known.FirstOrDefault(known => known.Name == name) is { } feature ? new FeatureAnswer(name, feature.Label, feature.Unit, feature.Formula, feature.Range) : new(name, name, "", "", ""))],
        model.Valuation is { } valuation ? new(valuation.Horizon, valuation.Cutoff, [.. CustomerPast.Named.Select(feature => new FeatureAnswer(feature.Name, feature.Label, feature.Unit, feature.Formula, ""))]) : null);

    private static async Task List(HttpContext context, ServedModels models)
    {
        var versions = await models.Store.Models.Versions(models.Store.Name, context.RequestAborted);
        await Answers.Send(context, new(models.Store.Name, [.. versions.Select(listed => Listed(listed.Version, listed.Aliases))]), AnswerJson.Default.ModelsAnswer);
    }

    private static async Task Show(HttpContext context, ServedModels models)
    {
        var (registry, name) = (models.Store.Models, models.Store.Name);
        var version = await registry.Version(name, Number(context), context.RequestAborted);
        var aliases = (await registry.Versions(name, context.RequestAborted)).First(listed => listed.Version == version).Aliases;
        var done = (await registry.Audit(name, context.RequestAborted)).Where(entry => entry.Version == version.Version);
        await Answers.Send(context, Listed(version, aliases) with { History = [.. done.Select(entry => new AuditAnswer(entry.At, entry.Action, entry.Alias, entry.Actor, entry.Reason))] }, AnswerJson.Default.ModelAnswer);
    }

    private static async Task Preview(HttpContext context, ServedModels models)
    {
        var promotion = await models.Judge(Number(context), context.RequestAborted);
        var moves = await promotion.Preview(models.Store, context.RequestAborted);
        await Answers.Send(context, new(
            promotion.Version.Model, promotion.Version.Version, promotion.Champion?.Version, moves.Customers, moves.Moved, moves.New, moves.Gone,
            [.. moves.Between.Select(move => new MoveAnswer(move.From, move.To, move.Customers, move.Stays))], promotion.Obstacle is null, promotion.Unjudged?.What, Gates(promotion)), AnswerJson.Default.PreviewAnswer);
    }

    private static async Task Promote(HttpContext context, ServedModels models, PromotionAlerts alerts)
    {
        var (reason, force) = await Asked(context);
        var promotion = await models.Judge(Number(context), context.RequestAborted);
        if (await promotion.Decide(models.Store, By(context, reason), force, context.RequestAborted) is not { } refused)
            await Answer(context, models, alerts);
        else
            await ErrorAnswer.Write(context, StatusCodes.Status409Conflict, refused, [], json =>
            {
                json.WritePropertyName("gates"u8);
                JsonSerializer.Serialize(json, Gates(promotion), AnswerJson.Default.IReadOnlyListGateAnswer);
            });
    }

    private static async Task Rollback(HttpContext context, ServedModels models, PromotionAlerts alerts)
    {
        string reason = await Reason(context);
        await models.Store.Models.Rollback(models.Store.Name, By(context, reason), context.RequestAborted);
        await Answer(context, models, alerts);
    }

    private static async Task Name(HttpContext context, ServedModels models)
    {
        var (name, reason) = await Named(context);
        await Answer(context, await models.Store.Models.Name(models.Store.Name, name, Number(context), By(context, reason), context.RequestAborted));
    }

    private static async Task Unname(HttpContext context, ServedModels models)
    {
        var (name, reason) = await Named(context);
        await Answer(context, await models.Store.Models.Unname(models.Store.Name, name, By(context, reason), context.RequestAborted));
    }

    // Whose key it was, not whose process this is.
    private static Act By(HttpContext context, string reason) => new(context.Features.GetRequiredFeature<Caller>().Name, reason);

    private static IReadOnlyList<GateAnswer> Gates(ModelPromotion promotion) =>
        [.. (promotion.Judgement?.Gates ?? []).Select(gate => new GateAnswer(gate.Name, gate.Champion, gate.Challenger, gate.Limit, gate.Passed))];

    // Whoever changed it must be answered by what it was changed to.
    private static async Task Answer(HttpContext context, ServedModels models, PromotionAlerts alerts)
    {
        alerts.Tell();
        await models.Follow(context.RequestAborted);
        await Answers.Send(context, new(models.Current.Version.Model, models.Current.Version.Version), AnswerJson.Default.ChampionAnswer);
    }

    private static Task Answer(HttpContext context, NameChange change) => Answers.Send(context, new(change.Model, change.Name, change.Now, change.Before), AnswerJson.Default.NameAnswer);

    private static async Task<(string Name, string Reason)> Named(HttpContext context)
    {
        using var body = await RequestBody.Read(context);
        string[] texts = TextFields.Read(body.Bytes, "name", "reason");
        return (texts[0], texts[1]);
    }

    private static async Task<(string Reason, bool Force)> Asked(HttpContext context)
    {
        using var body = await RequestBody.Read(context);
        var (texts, force) = TextFields.Read(body.Bytes, ["reason"], "force");
        return (texts[0], force);
    }

    private static async Task<string> Reason(HttpContext context)
    {
        using var body = await RequestBody.Read(context);
        return TextFields.Read(body.Bytes, "reason")[0];
    }

    private static long Number(HttpContext context) =>
        long.TryParse((string?)context.Request.RouteValues["version"], NumberStyles.None, CultureInfo.InvariantCulture, out long version)
            ? version
            : throw new RequestException(StatusCodes.Status404NotFound, new("models/unknown", "A version is a number.", "List those there are: GET /api/v1/models."), []);

    private static ModelAnswer Listed(ModelVersion version, IReadOnlyList<string> aliases) => new(version.Version, aliases, version.Digest, version.Run, version.CreatedAt, version.DeletedAt, null);
}

/// <param name="Digest">SHA-256 of the bundle's manifest.</param>
/// <param name="Features">In order.</param>
/// <param name="Lifetime">Left out: it values nobody.</param>
internal sealed record ServedModelAnswer(string Model, long ModelVersion, string Digest, string Kind, int Segments, DateOnly ReferenceDate, IReadOnlyList<FeatureAnswer> Features, LifetimeAnswer? Lifetime);

/// <param name="Horizon">How far ahead customers are valued.</param>
/// <param name="Cutoff">First day of the window, of customers described by <paramref name="Fields"/>.</param>
/// <param name="Fields">What <c>lifetime</c> of a request must hold.</param>
internal sealed record LifetimeAnswer(string Horizon, DateOnly Cutoff, IReadOnlyList<FeatureAnswer> Fields);

internal sealed record FeatureAnswer(string Name, string Label, string Unit, string Formula, string Range);

internal sealed record ModelsAnswer(string Model, IReadOnlyList<ModelAnswer> Versions);

/// <param name="Run">Id of the run that made it.</param>
/// <param name="History">Left out in lists.</param>
internal sealed record ModelAnswer(long Version, IReadOnlyList<string> Aliases, string Digest, string Run, DateTimeOffset CreatedAt, DateTimeOffset? DeletedAt, IReadOnlyList<AuditAnswer>? History);

internal sealed record AuditAnswer(DateTimeOffset At, string Action, string? Alias, string Actor, string Reason);

/// <param name="Reason">Why; it stands in the audit.</param>
internal sealed record ReasonRequest(string Reason);

/// <param name="Reason">Why; it stands in the audit.</param>
/// <param name="Force">Also if it does not pass the gates, or cannot be judged.</param>
internal sealed record PromoteRequest(string Reason, bool? Force);

/// <param name="Name">Letters, digits, - and _.</param>
/// <param name="Reason">Why; it stands in the audit.</param>
internal sealed record NameRequest(string Name, string Reason);

/// <param name="Champion">Left out: there is none.</param>
/// <param name="Customers">Whom both models assign.</param>
/// <param name="Moved">Of those, who would be in another segment.</param>
/// <param name="Unjudged">Why it cannot be judged; left out: it can.</param>
/// <param name="Gates">Empty: there is nothing to compare it with.</param>
internal sealed record PreviewAnswer(
    string Model, long Version, long? Champion, int Customers, int Moved, int New, int Gone, IReadOnlyList<MoveAnswer> Between, bool Passes, string? Unjudged, IReadOnlyList<GateAnswer> Gates);

internal sealed record MoveAnswer(string From, string To, int Customers, bool Stays);

/// <param name="Champion">Left out: not measured, as <paramref name="Challenger"/>.</param>
/// <param name="Limit">The least or most that the challenger may be; left out: there is nothing to compare.</param>
internal sealed record GateAnswer(string Name, double? Champion, double? Challenger, double? Limit, bool Passed);

/// <param name="Version">That is the champion now.</param>
internal sealed record ChampionAnswer(string Model, long Version);

/// <param name="Version">That has the name now; left out: none has.</param>
/// <param name="Before">That had it; left out: none had.</param>
internal sealed record NameAnswer(string Model, string Name, long? Version, long? Before);
