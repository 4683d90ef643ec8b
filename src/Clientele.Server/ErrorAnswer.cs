using System.Text.Json;
using Clientele.Problems;
using Clientele.Server.Json;
using Microsoft.AspNetCore.Http;

namespace Clientele.Server;

/// <summary>Tells a caller what went wrong, in the words of the end point.</summary>
internal static class ErrorAnswer
{
    /// <param name="more">Writes further members of problem details; null: there are none.</param>
    public static Task Write(HttpContext context, int status, Problem problem, IReadOnlyList<FieldProblem> fields, Action<Utf8JsonWriter>? more = null)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }
        var format = ErrorFormats.Of(context);
        var answer = AnswerBuffer.Take();
        switch (format)
        {
            case ErrorFormat.OpenInference:
                OpenInference(answer.Json, problem, fields);
                break;
            case ErrorFormat.FieldDetails:
                FieldDetails(answer.Json, problem, fields);
                status = status == StatusCodes.Status400BadRequest ? StatusCodes.Status422UnprocessableEntity : status;
                break;
            default:
                Details(answer.Json, status, problem, fields, context, more);
                break;
        }
        return answer.Send(context, status, format == ErrorFormat.ProblemDetails ? "application/problem+json" : AnswerBuffer.JsonType);
    }

    private static void Details(Utf8JsonWriter json, int status, Problem problem, IReadOnlyList<FieldProblem> fields, HttpContext context, Action<Utf8JsonWriter>? more)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, $"urn:clientele:{problem.Kind}");
        json.WriteString("title"u8, problem.What);
        json.WriteNumber("status"u8, status);
        json.WriteString("detail"u8, problem.Remedy);
        json.WriteString("trace_id"u8, Traces.IdOf(context));
        if (fields.Count > 0)
        {
            json.WriteStartArray("errors"u8);
            foreach (var field in fields)
            {
                json.WriteStartObject();
                json.WriteString("pointer"u8, $"#{field.Pointer}");
                json.WriteString("detail"u8, field.Detail);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        more?.Invoke(json);
        json.WriteEndObject();
    }

    private static void OpenInference(Utf8JsonWriter json, Problem problem, IReadOnlyList<FieldProblem> fields)
    {
        json.WriteStartObject();
        json.WriteString("error"u8, string.Join(" ", [problem.ToString(), .. fields.Select(field => $"{field.Pointer}: {field.Detail}")]));
        json.WriteEndObject();
    }

    private static void FieldDetails(Utf8JsonWriter json, Problem problem, IReadOnlyList<FieldProblem> fields)
    {
        json.WriteStartObject();
        json.WriteStartArray("detail"u8);
        foreach (var field in fields.Count > 0 ? fields : [new("", problem.ToString())])
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "value_error"u8);
            json.WriteStartArray("loc"u8);
            json.WriteStringValue("body"u8);
            foreach (string part in field.Pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
                json.WriteStringValue(part);
            json.WriteEndArray();
            json.WriteString("msg"u8, field.Detail);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
