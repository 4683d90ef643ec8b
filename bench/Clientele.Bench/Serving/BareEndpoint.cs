using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Clientele.Bench.Serving;

/// <summary>What Kestrel does on this machine when there is nothing to do: it takes a body and answers with a constant of a given size.</summary>
internal static class BareEndpoint
{
    public const string Verb = "bare-endpoint";

    /// <param name="arguments">The verb, an address, the size of the answer in bytes.</param>
    public static async Task Run(IReadOnlyList<string> arguments)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(arguments[1]).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var app = builder.Build();
        byte[] answer = new byte[int.Parse(arguments[2], CultureInfo.InvariantCulture)];
        answer.AsSpan().Fill((byte)' ');
        "{}"u8.CopyTo(answer);
        app.Map("/ready", (RequestDelegate)(context => Send(context, answer)));
        app.MapPost("/api/v1/predict", (RequestDelegate)(async context =>
        {
            var read = await context.Request.BodyReader.ReadAtLeastAsync(int.MaxValue, context.RequestAborted);
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
            await Send(context, answer);
        }));
        await app.RunAsync();
    }

    private static async Task Send(HttpContext context, byte[] answer)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        await context.Response.BodyWriter.WriteAsync(answer, context.RequestAborted);
    }
}
