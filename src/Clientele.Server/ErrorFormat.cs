using Microsoft.AspNetCore.Http;

namespace Clientele.Server;

/// <summary>How an end point's callers expect to be told that something went wrong. Metadata of end points; without it: problem details.</summary>
internal enum ErrorFormat
{
    /// <summary>RFC 9457.</summary>
    ProblemDetails,
    /// <summary><c>{"error": "…"}</c>, as the Open Inference Protocol has it.</summary>
    OpenInference,
    /// <summary><c>{"detail": [{"loc", "msg", "type"}]}</c> with 422 for wrong fields, as FastAPI has it.</summary>
    FieldDetails,
}

/// <summary>Says it of an end point.</summary>
internal sealed record ErrorFormatMetadata(ErrorFormat Format);

/// <summary>The format that a request's errors take.</summary>
internal static class ErrorFormats
{
    /// <summary>For this request alone, where the end point cannot know it beforehand.</summary>
    public static void Answer(HttpContext context, ErrorFormat format) => context.Items[typeof(ErrorFormat)] = format;

    public static ErrorFormat Of(HttpContext context) =>
        context.Items.TryGetValue(typeof(ErrorFormat), out object? said) ? (ErrorFormat)said! : context.GetEndpoint()?.Metadata.GetMetadata<ErrorFormatMetadata>()?.Format ?? ErrorFormat.ProblemDetails;
}
