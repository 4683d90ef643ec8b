using Clientele.Server.Metrics;
using Clientele.Server.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Clientele.Server.Limits;

/// <summary>
/// How long a request may wait for what the service itself waits for, such as a store that does not answer. Predictions wait for nothing but their body, which has a limit of its own, and as many rows as a request may have;
/// they are spared the timer. Files of batches may take their time.
/// </summary>
internal sealed partial class TimeLimit(RequestDelegate next, ServedModels models, TimeProvider clock, ServiceMetrics metrics, ILogger<TimeLimit> log)
{
    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata is { } said && (said.GetMetadata<PredictsMetadata>() is not null || said.GetMetadata<TimeLimitRules.Spared>() is not null) ? next(context) : Limited(context);

    private async Task Limited(HttpContext context)
    {
        var (gone, seconds) = (context.RequestAborted, models.Settings.AnswerSeconds);
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, late.Token);
        context.RequestAborted = either.Token;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !gone.IsCancellationRequested)
        {
            metrics.TimeUp();
            TookTooLong(context.Request.Method, (context.GetEndpoint() as Microsoft.AspNetCore.Routing.RouteEndpoint)?.RoutePattern.RawText ?? "none", seconds, Traces.IdOf(context));
            context.RequestAborted = gone;
            await ErrorAnswer.Write(context, StatusCodes.Status504GatewayTimeout, new("limits/answer", $"There was no answer within {seconds} s.", "Come again; the store may be busy, or away. Whether something was changed, a look-up tells."), []);
        }
        finally
        {
            context.RequestAborted = gone;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Route} was given up after {Seconds} s, trace {Trace}.")]
    private partial void TookTooLong(string method, string route, int seconds, string trace);
}

/// <summary>Says it where an end point is mapped.</summary>
internal static class TimeLimitRules
{
    /// <summary>For end points that take or send whole files.</summary>
    public static T TakesItsTime<T>(this T endpoint) where T : IEndpointConventionBuilder => endpoint.WithMetadata(new Spared());

    internal sealed record Spared;
}
