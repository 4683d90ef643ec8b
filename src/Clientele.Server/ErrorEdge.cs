using System.Text.Json;
using Clientele.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Clientele.Server;

/// <summary>Where everything that went wrong becomes an answer. Nobody outside sees what a mistake of ours looks like inside.</summary>
internal sealed partial class ErrorEdge(RequestDelegate next, ILogger<ErrorEdge> log)
{
    // How the JSON reader marks a text that it cannot decode; it finds out only when it is asked for it.
    public const string NotUnicode = "System.Text.Json.Rethrowable";

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (RequestException wrong)
        {
            await ErrorAnswer.Write(context, wrong.Status, wrong.Problem, wrong.Fields);
        }
        catch (ProblemException wrong)
        {
            await ErrorAnswer.Write(context, StatusOf(wrong.Problem.Kind), wrong.Problem, []);
        }
        catch (JsonException wrong)
        {
            await ErrorAnswer.Write(context, StatusCodes.Status400BadRequest,
                new("request/json", $"The body is not valid JSON (line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}).", "Send one JSON document in UTF-8."), []);
        }
        catch (InvalidOperationException wrong) when (wrong.Source == NotUnicode)
        {
            await ErrorAnswer.Write(context, StatusCodes.Status400BadRequest, new("request/text", "A name or text of the body is not Unicode.", "Send UTF-8, and surrogates in pairs."), []);
        }
        catch (BadHttpRequestException wrong)
        {
            await ErrorAnswer.Write(context, wrong.StatusCode, wrong.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new("request/too-large", "The body is larger than this service takes.", "Send fewer rows at once, or assign them from a file: clientele predict.")
                : new("request/http", "The request is not valid HTTP.", "Check its length and headers."), []);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (Exception fault) when (DiskFaults.Of(fault) is { } problem && !context.Response.HasStarted)
        {
            Disk(problem.What, Traces.IdOf(context));
            await ErrorAnswer.Write(context, StatusCodes.Status503ServiceUnavailable, new("service/disk", "The service cannot read or write its files now.", "Whoever runs it finds the reason in its log."), []);
        }
        catch (Exception bug)
        {
            string id = Guid.NewGuid().ToString("N")[..8];
            Mistake(id, Traces.IdOf(context), bug);
            if (context.Response.HasStarted)
                context.Abort();
            else
                await ErrorAnswer.Write(context, StatusCodes.Status500InternalServerError, new("service/mistake", "This is a mistake in Clientele, not in your request.", $"Please report it with the id {id}."), []);
        }
    }

    private static int StatusOf(string kind) => kind switch
    {
        "models/unknown" or "models/alias" or "runs/unknown" => StatusCodes.Status404NotFound,
        "models/no-earlier" or "models/deleted" or "models/in-use" or "models/champion" or "models/changed" or "models/gates" or "models/no-preview" or "models/other-features" => StatusCodes.Status409Conflict,
        _ when kind.StartsWith("store/", StringComparison.Ordinal) || kind.StartsWith("objects/", StringComparison.Ordinal) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "A request could not be answered: {What} Trace {Trace}.")]
    private partial void Disk(string what, string trace);

    [LoggerMessage(Level = LogLevel.Error, Message = "A mistake of ours, id {Id}, trace {Trace}.")]
    private partial void Mistake(string id, string trace, Exception bug);
}
