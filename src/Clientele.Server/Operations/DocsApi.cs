using System.Net;
using System.Text;
using Clientele.Server.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Clientele.Server.Operations;

/// <summary>The OpenAPI document for people: one page, made here, that loads nothing.</summary>
internal static class DocsApi
{
    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:56rem;padding:0 1rem;color:#222}h2{margin-top:2.5rem}
        table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #ddd;vertical-align:top}
        code{font-family:ui-monospace,monospace;font-size:.9em}td:first-child{width:4rem}@media(prefers-color-scheme:dark){body{background:#181818;color:#ddd}td,th{border-color:#444}a{color:#8bf}}
        """;

    public static void MapDocs(this IEndpointRouteBuilder app) => app.Get("/docs", Page)
        .IsPage(Style).WithTags("Operations").WithSummary("This interface for people").Produces<string>(StatusCodes.Status200OK, "text/html");

    private static async Task Page(HttpContext context)
    {
        var document = await context.RequestServices.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync(context.RequestAborted);
        var page = new StringBuilder($$"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Clientele: interface</title><style>{{Style}}</style></head><body><h1>Clientele</h1><p>The whole document: <a href="openapi/v1.json">openapi/v1.json</a>.</p>
            """);
        foreach (var group in document.Paths.SelectMany(path => path.Value.Operations!.Select(operation => (Path: path.Key, operation.Key.Method, Operation: operation.Value))).GroupBy(entry => entry.Operation.Tags?.FirstOrDefault()?.Name ?? "Other"))
        {
            page.Append("<h2>").Append(WebUtility.HtmlEncode(group.Key)).Append("</h2><table><tr><th>Method<th>Path<th>What it does</tr>");
            foreach (var (path, method, operation) in group)
                page.Append("<tr><td><code>").Append(method).Append("</code><td><code>").Append(WebUtility.HtmlEncode(path)).Append("</code><td>").Append(WebUtility.HtmlEncode(operation.Summary)).Append("</tr>");
            page.Append("</table>");
        }
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(page.Append("</body></html>").ToString(), context.RequestAborted);
    }
}
