using Clientele.Server.Json;
using Clientele.Server.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Clientele.Server.Challengers;

/// <summary>Who is tried beside the champion, and what came of it.</summary>
internal static class TrialsApi
{
    public static void MapTrials(this IEndpointRouteBuilder app)
    {
        var models = app.ServiceProvider.GetRequiredService<ServedModels>();
        app.Get("/api/v1/models/canary", context => Answers.Send(context, Canary(models.Lineup), AnswerJson.Default.CanaryAnswer))
            .WithTags("Models").WithSummary("The version that answers some customers in the champion's place").Produces<CanaryAnswer>();
        app.Get("/api/v1/models/shadow", context => Answers.Send(context, Shadow(models.Lineup, models.Shadow.Pair), AnswerJson.Default.ShadowAnswer))
            .WithTags("Models").WithSummary("The version that reckons what the champion answered, and how far they differ").Produces<ShadowAnswer>();
    }

    private static CanaryAnswer Canary(Lineup lineup) => new(
        lineup.Champion.Version.Model, lineup.Champion.Version.Version, lineup.Canary.Alias, lineup.Canary.Model?.Version.Version, lineup.Canary.Model is null ? 0 : lineup.Percent, lineup.Canary.Problem?.ToString());

    private static ShadowAnswer Shadow(Lineup lineup, ShadowPair? pair)
    {
        var version = lineup.Champion.Version;
        var none = new ShadowAnswer(version.Model, version.Version, lineup.Shadow.Alias, null, lineup.Shadow.Problem?.ToString(), 0, 0, null, 0, null, 0, 0, null, []);
        if (pair is null)
            return none;
        var (figures, (counts, seconds)) = (pair.Figures(), pair.Taken.Read());
        var moves = figures.Segments;
        return none with
        {
            ModelVersion = pair.Challenger.Version.Version,
            Customers = moves.Customers,
            Different = moves.Moved,
            DifferentShare = moves.Customers > 0 ? (double)moves.Moved / moves.Customers : null,
            Values = figures.Values,
            MeanValueDifference = figures.Values > 0 ? figures.Difference / figures.Values : null,
            LeftOut = figures.LeftOut,
            Failed = figures.Failed,
            MeanSeconds = counts.Sum() is > 0 and var times ? seconds / times : null,
            Between = [.. moves.Between.Select(move => new MoveAnswer(move.From, move.To, move.Customers, move.Stays))],
        };
    }
}

/// <param name="Champion">Its version.</param>
/// <param name="Alias">As the settings call the canary; left out: there is none.</param>
/// <param name="ModelVersion">That answers; left out: the champion answers everybody.</param>
/// <param name="Percent">Of customers, that it answers.</param>
/// <param name="Refused">Why it answers nobody.</param>
internal sealed record CanaryAnswer(string Model, long Champion, string? Alias, long? ModelVersion, double Percent, string? Refused);

/// <param name="Champion">Its version.</param>
/// <param name="Alias">As the settings call the shadow; left out: there is none.</param>
/// <param name="ModelVersion">That is compared; left out: none is.</param>
/// <param name="Refused">Why none is.</param>
/// <param name="Customers">Whom both have assigned since the two were first seen together.</param>
/// <param name="Different">Of those, whom the shadow sees in another segment. Segments of the same customers are the same one, whatever their numbers.</param>
/// <param name="Values">Customers whom both have valued.</param>
/// <param name="MeanValueDifference">Mean of |value − value| over them.</param>
/// <param name="LeftOut">Customers that were not compared: too many were waiting.</param>
/// <param name="Failed">Customers whom the shadow could not answer.</param>
/// <param name="MeanSeconds">That the shadow takes for what was answered at once.</param>
/// <param name="Between">From the champion's segments to the shadow's.</param>
internal sealed record ShadowAnswer(
    string Model, long Champion, string? Alias, long? ModelVersion, string? Refused, int Customers, int Different, double? DifferentShare, long Values, double? MeanValueDifference, long LeftOut, long Failed, double? MeanSeconds,
    IReadOnlyList<MoveAnswer> Between);
