using Clientele.Server.Access;
using Microsoft.AspNetCore.Http;

namespace Clientele.Server;

/// <summary>Lets in who may come in, as often as they may. Everything of the service lies behind it.</summary>
internal sealed class Guard(RequestDelegate next, HostRule hosts, Callers callers)
{
    private static readonly Refusal
        Nothing = new(StatusCodes.Status404NotFound, new("request/path", "There is nothing at this path.", "What there is stands in /openapi/v1.json.")),
        OtherMethod = new(StatusCodes.Status405MethodNotAllowed, new("request/method", "This path takes another method.", "The header Allow says which.")),
        OtherType = new(StatusCodes.Status415UnsupportedMediaType, new("request/type", "This end point takes another type of body.", "What it takes stands in /openapi/v1.json."));

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
            await Refuse(context, context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed ? OtherMethod : OtherType);
    }

    private static Task Refuse(HttpContext context, Refusal refusal) => ErrorAnswer.Write(context, refusal.Status, refusal.Problem, []);
}
