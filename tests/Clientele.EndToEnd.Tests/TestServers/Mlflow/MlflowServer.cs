using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Clientele.Tests.TestServers.Mlflow;

/// <summary>A server that speaks MLflow's REST API 2.0 over HTTP and refuses all that MLflow refuses; metrics are added even if they are there already, so that a double shows.</summary>
public sealed class MlflowServer : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly MlflowStore store;
    private readonly string version;
    private readonly Lock gate = new();
    private readonly List<MlflowExchange> exchanges = [];

    private MlflowServer(WebApplication web, string version) => (this.web, this.version, store) = (web, version, new(loggedModels: version[0] >= '3'));

    /// <summary>Of the request with this number, from 1: what is done to it.</summary>
    public Func<int, MlflowFault> Faults { get; set; } = _ => MlflowFault.None;
    /// <summary>Called with the number of a request before it is answered.</summary>
    public Action<int> Before { get; set; } = _ => { };
    /// <summary>What the Authorization header must be; null: anything.</summary>
    public string? Authorization { get; set; }
    /// <summary>What artifact URIs begin with.</summary>
    public string ArtifactRoot { set => store.ArtifactRoot = value; }
    public string Url { get; private set; } = "";

    public IReadOnlyList<MlflowExchange> Exchanges
    {
        get { lock (gate) return [.. exchanges]; }
    }

    /// <summary>All that it keeps, the same for the same whatever its ids.</summary>
    public string Told()
    {
        lock (gate)
            return store.Told();
    }

    public IReadOnlyDictionary<string, byte[]> Files => store.Files;

    /// <summary>As another program that uses it too.</summary>
    public async Task Post(string path, string json)
    {
        using var http = new HttpClient();
        using var content = new StringContent(json) { Headers = { ContentType = new("application/json") } };
        (await http.PostAsync(new Uri($"{Url}/api/2.0/mlflow/{path}"), content)).EnsureSuccessStatusCode();
    }

    public void DeleteRun(string id) => store.Forget(id);

    public static async Task<MlflowServer> Start(string version = "2.22.0", int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 1L << 30);
        var server = new MlflowServer(builder.Build(), version);
        server.web.Run(server.Answer);
        await server.web.StartAsync();
        server.Url = server.web.Urls.Single();
        return server;
    }

    public async ValueTask DisposeAsync() => await web.DisposeAsync();

    private async Task Answer(HttpContext http)
    {
        using var content = new MemoryStream();
        await http.Request.Body.CopyToAsync(content);
        int number;
        MlflowFault fault;
        (int Status, string Body) answer = (500, """{"error_code":"INTERNAL_ERROR","message":"out of order"}""");
        lock (gate)
        {
            number = exchanges.Count + 1;
            exchanges.Add(new(http.Request.Method, http.Request.Path.Value!, http.Request.QueryString.Value!, IsFile(http) ? "" : Encoding.UTF8.GetString(content.ToArray()), 0));
        }
        Before(number);
        fault = Faults(number);
        if (fault == MlflowFault.Busy)
            answer = (429, """{"error_code":"REQUEST_LIMIT_EXCEEDED","message":"too many"}""");
        if (fault is not (MlflowFault.Busy or MlflowFault.Fail or MlflowFault.Cut))
            lock (gate)
            {
                var done = Do(http, content.ToArray());
                answer = fault == MlflowFault.FailAfter ? answer : done;
            }
        lock (gate)
            exchanges[number - 1] = exchanges[number - 1] with { Status = answer.Status };
        if (fault is MlflowFault.Cut or MlflowFault.CutAfter)
        {
            http.Abort();
            return;
        }
        if (fault == MlflowFault.Late)
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        if (fault == MlflowFault.Busy)
            http.Response.Headers.RetryAfter = "0";
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = http.Request.Path == "/version" ? "text/plain" : "application/json";
        await http.Response.WriteAsync(answer.Body);
    }

    private (int Status, string Body) Do(HttpContext http, byte[] content)
    {
        try
        {
            const string api = "/api/2.0/mlflow/", proxy = "/api/2.0/mlflow-artifacts/artifacts/";
            string path = http.Request.Path.Value!;
            if (Authorization is not null && http.Request.Headers.Authorization != Authorization)
                throw new MlflowRefusal(401, "UNAUTHENTICATED", "You are not authenticated.");
            if (path == "/version")
                return (200, version);
            if (path.StartsWith(proxy, StringComparison.Ordinal) && http.Request.Method == "PUT")
            {
                store.Put(path[proxy.Length..], content);
                return (200, "{}");
            }
            if (!path.StartsWith(api, StringComparison.Ordinal))
                return (404, "<!doctype html><title>404 Not Found</title>");
            JsonObject body;
            if (http.Request.Method == "GET")
                body = new(http.Request.Query.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.ToString())));
            else if (http.Request.ContentType == "application/json")
                body = JsonNode.Parse(content)!.AsObject();
            else
                throw new MlflowRefusal(400, "BAD_REQUEST", $"Bad Request. Content-Type header must be application/json, not {http.Request.ContentType}.");
            return (200, store.Answer(http.Request.Method, path[api.Length..], body, content.Length).ToJsonString());
        }
        catch (MlflowRefusal refusal)
        {
            return (refusal.Status, new JsonObject { ["error_code"] = refusal.Code, ["message"] = refusal.Message }.ToJsonString());
        }
    }

    private static bool IsFile(HttpContext http) => http.Request.Method == "PUT";
}

/// <param name="Body">Empty for files.</param>
public sealed record MlflowExchange(string Method, string Path, string Query, string Body, int Status);
