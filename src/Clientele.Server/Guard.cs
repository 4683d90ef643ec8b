using Clientele.Server.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace Clientele.Server;

/// <summary>Lets in who may come in, as often as they may. Everything of the service lies behind it.</summary>
internal sealed class Guard(RequestDelegate next, HostRule hosts, Callers callers, EndpointDataSource endpoints)
{
    private static readonly Refusal
        Nothing = new(StatusCodes.Status404NotFound, new("request/path", "There is nothing at this path.", "What there is stands in /openapi/v1.json.")),
        OtherMethod = new(StatusCodes.Status405MethodNotAllowed, new("request/method", "This path takes another method.", "The header Allow says which."));

    public Task InvokeAsync(HttpContext context)
    {
        AnswerHeaders.Set(context);
        if (hosts.Against(context.Request) is { } foreign)
            return Refuse(context, new(StatusCodes.Status403Forbidden, foreign));
        if (callers.Admit(context, out var caller) is { } stranger)
            return Refuse(context, stranger);
        if (context.GetEndpoint() is null)
            return Refuse(context, Nothing);
        if (caller.Allowance.Begin(context) is { } tooMuch)
            return Refuse(context, tooMuch);
        context.Features.Set(caller);
        return Work(context, caller);
    }

    private async Task Work(HttpContext context, Caller caller)
    {
        try
        {
            await next(context);
        }
        finally
        {
            caller.Allowance.End();
        }
        // Routing answers these without a word.
        if (!context.Response.HasStarted && context.Response.StatusCode is StatusCodes.Status405MethodNotAllowed or StatusCodes.Status415UnsupportedMediaType)
            await Refuse(context, context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed ? OtherMethod : OtherType(context.Request));
    }

    private Refusal OtherType(HttpRequest request)
    {
        var taken = from route in endpoints.Endpoints.OfType<RouteEndpoint>()
                    where route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(request.Method) == true && new TemplateMatcher(TemplateParser.Parse(route.RoutePattern.RawText!), []).TryMatch(request.Path, [])
                    from type in route.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? []
                    select type;
        return new(StatusCodes.Status415UnsupportedMediaType, new("request/type", "This end point takes another type of body.", $"Say what the body is: Content-Type is one of {string.Join(", ", taken.Distinct())}."));
    }

    private static Task Refuse(HttpContext context, Refusal refusal) => ErrorAnswer.Write(context, refusal.Status, refusal.Problem, []);
}
