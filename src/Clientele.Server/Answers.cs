using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Clientele.Access;
using Clientele.Server.Access;
using Clientele.Server.Json;
using Clientele.Server.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Clientele.Server;

/// <summary>End points as plain functions of a request: nothing is bound, so nothing reflects. What they take and answer is said beside them, for the OpenAPI document.</summary>
internal static class Answers
{
    public static RouteHandlerBuilder Get(this IEndpointRouteBuilder app, string pattern, RequestDelegate answer) => Described(app.MapMethods(pattern, [HttpMethods.Get], answer), answer);

    public static RouteHandlerBuilder Post(this IEndpointRouteBuilder app, string pattern, RequestDelegate answer) => Described(app.MapMethods(pattern, [HttpMethods.Post], answer), answer);

    public static RouteHandlerBuilder Delete(this IEndpointRouteBuilder app, string pattern, RequestDelegate answer) => Described(app.MapMethods(pattern, [HttpMethods.Delete], answer), answer);

    /// <summary>Answers are predictions: counted as such, and for whoever may look.</summary>
    public static RouteHandlerBuilder Predicts(this RouteHandlerBuilder endpoint) => endpoint.Needs(Role.Viewer).WithMetadata(new PredictsMetadata());

    public static Task Send<T>(HttpContext context, T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        var answer = AnswerBuffer.Take();
        JsonSerializer.Serialize(answer.Json, value, type);
        return answer.Send(context, status);
    }

    // A method among the metadata is what makes an end point known to the OpenAPI document.
    private static RouteHandlerBuilder Described(IEndpointConventionBuilder endpoint, RequestDelegate answer)
    {
        var described = new RouteHandlerBuilder([endpoint]);
        described.WithMetadata(answer.Method);
        return described;
    }
}
