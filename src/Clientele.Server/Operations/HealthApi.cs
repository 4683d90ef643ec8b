using Clientele.Server.Access;
using Clientele.Server.Json;
using Clientele.Server.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Clientele.Server.Operations;

/// <summary>Whether the service is alive, and whether it should be sent requests.</summary>
internal static class HealthApi
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.Get("/health", context => Answers.Send(context, new HealthAnswer("ok"), AnswerJson.Default.HealthAnswer))
            .NeedsNoKey().WithTags("Operations").WithSummary("Alive").Produces<HealthAnswer>();
        var leaving = app.ServiceProvider.GetRequiredService<Leaving>();
        var models = app.ServiceProvider.GetRequiredService<ServedModels>();
        app.Get("/ready", context => Ready(context, models, leaving))
            .NeedsNoKey().WithTags("Operations").WithSummary("Ready for requests: a model is loaded, and the service is not about to stop").Produces<ReadyAnswer>().Produces<ReadyAnswer>(StatusCodes.Status503ServiceUnavailable);
    }

    private static Task Ready(HttpContext context, ServedModels models, Leaving leaving)
    {
        bool ready = !leaving.Begun;
        var version = models.Current.Version;
        return Answers.Send(context, new ReadyAnswer(ready, version.Model, version.Version, models.Refused?.Kind), AnswerJson.Default.ReadyAnswer,
            ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}

/// <param name="Status"><c>ok</c>.</param>
internal sealed record HealthAnswer(string Status);

/// <param name="Model">Its name.</param>
/// <param name="ModelVersion">That answers now.</param>
/// <param name="Refused">Why a newer champion does not answer; left out: it does.</param>
internal sealed record ReadyAnswer(bool Ready, string Model, long ModelVersion, string? Refused);
