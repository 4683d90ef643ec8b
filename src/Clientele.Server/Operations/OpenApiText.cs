using Clientele.Pipeline;
using Microsoft.AspNetCore.OpenApi;

namespace Clientele.Server.Operations;

/// <summary>What stands at the head of the OpenAPI document.</summary>
internal static class OpenApiText
{
    public static void Set(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info = new()
        {
            Title = "Clientele",
            Version = ProductVersion.Text,
            Description = "Segments, personas and lifetime value of customers. Errors are problem details (RFC 9457); the Open Inference Protocol and the published systems have their own.",
        };
        document.Servers = [];      // wherever the document came from
        return Task.CompletedTask;
    });
}
