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
