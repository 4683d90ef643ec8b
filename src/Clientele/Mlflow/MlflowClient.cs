using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Clientele.Problems;
using Polly;
using Polly.Retry;

namespace Clientele.Mlflow;

/// <summary>Asks an MLflow server. Every question is asked again after a while when the answer may be another one then; what must not be done twice says so (<see cref="Once"/>).</summary>
internal sealed class MlflowClient : IDisposable
{
    private readonly MlflowAddress server;
    private readonly MlflowPatience patience;
    private readonly HttpClient http;
    private readonly ResiliencePipeline asking, once;

    public MlflowClient(MlflowAddress server, MlflowPatience patience)
    {
        (this.server, this.patience) = (server, patience);
        // Whoever redirects us would get our password.
        http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(10) }) { BaseAddress = server.Uri, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = FromEnvironment();
        asking = Retrying(failure => failure.IsPassing);
        once = Retrying(failure => failure.IsPassing && failure.IsOpen);
    }

    public MlflowAddress Server => server;

    public Task<T> Get<T>(string path, (string Name, string Value)[] query, CancellationToken cancel) =>
        asking.ExecuteAsync(async token => await Ask<T>(HttpMethod.Get, Api(path) + Query(query), null, token), cancel).AsTask();

    /// <summary>A change that is the same when it is made twice.</summary>
    public Task<T> Send<T>(HttpMethod method, string path, object body, CancellationToken cancel) =>
        asking.ExecuteAsync(async token => await Ask<T>(method, Api(path), body, token), cancel).AsTask();

    public Task Post(string path, object body, CancellationToken cancel) => Send<NoAnswer>(HttpMethod.Post, path, body, cancel);

    /// <summary>A change that must not be made twice, inside <see cref="Once"/>. Where the server can't have made it, it is asked again at once.</summary>
    public Task<T> Add<T>(string path, object body, CancellationToken cancel) =>
        Retrying(failure => failure.IsPassing && !failure.IsOpen).ExecuteAsync(async token => await Ask<T>(HttpMethod.Post, Api(path), body, token), cancel).AsTask();

    /// <summary>Does something again, from looking on, when it is open whether it was done.</summary>
    /// <param name="lookAndAdd">First looks whether it is there already.</param>
    public Task<T> Once<T>(Func<CancellationToken, Task<T>> lookAndAdd, CancellationToken cancel) => once.ExecuteAsync(async token => await lookAndAdd(token), cancel).AsTask();

    /// <summary>Sends a file to the server's own store of artifacts; it is there when all of it has arrived.</summary>
    public Task Upload(string path, Func<Stream> content, CancellationToken cancel) => asking.ExecuteAsync(async token =>
    {
        await using var stream = content();
        using var body = new StreamContent(stream) { Headers = { ContentType = new("application/octet-stream") } };
        using var request = new HttpRequestMessage(HttpMethod.Put, "api/2.0/mlflow-artifacts/artifacts/" + path) { Content = body };
        await Answer(request, token);
    }, cancel).AsTask();

    /// <summary>Plain text outside the API.</summary>
    public Task<string> Text(string path, CancellationToken cancel) => asking.ExecuteAsync(async token =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return Encoding.UTF8.GetString(await Answer(request, token));
    }, cancel).AsTask();

    public void Dispose() => http.Dispose();

    private async Task<T> Ask<T>(HttpMethod method, string path, object? body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, MlflowJson.Options)) { Headers = { ContentType = new("application/json") } };
        byte[] answer = await Answer(request, cancel);
        try
        {
            return JsonSerializer.Deserialize<T>(answer, MlflowJson.Options) ?? throw new JsonException("null");
        }
        catch (JsonException broken)
        {
            throw new MlflowException(server, HttpStatusCode.OK, "", "The answer is not MLflow's.", isOpen: false, broken);
        }
    }

    private async Task<byte[]> Answer(HttpRequestMessage request, CancellationToken cancel)
    {
        using var slow = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        slow.CancelAfter(patience.Slow);
        try
        {
            using var answer = await http.SendAsync(request, slow.Token);
            byte[] body = await answer.Content.ReadAsByteArrayAsync(slow.Token);
            return answer.IsSuccessStatusCode ? body : throw Failure(answer, body);
        }
        catch (HttpRequestException wrong)
        {
            bool neverSent = wrong.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
            throw new MlflowException(server, null, "", $"{(wrong.InnerException ?? wrong).Message}.".Replace("..", ".", StringComparison.Ordinal), isOpen: !neverSent, wrong);
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new MlflowException(server, null, "", $"no answer within {patience.Slow.TotalSeconds:0.#} s.", isOpen: true, late);
        }
    }

    private MlflowException Failure(HttpResponseMessage answer, byte[] body)
    {
        var (code, words) = Error(body);
        var failure = new MlflowException(server, answer.StatusCode, code, words.Length > 300 ? words[..300] + "…" : words, isOpen: (int)answer.StatusCode >= 500);
        var wait = answer.Headers.RetryAfter?.Delta ?? (answer.Headers.RetryAfter?.Date is { } date && answer.Headers.Date is { } now ? date - now : null);
        if (wait is { } asked && asked >= TimeSpan.Zero)
            failure.Data[RetryAfter] = asked;
        return failure;
    }

    private static (string Code, string Words) Error(byte[] body)
    {
        try
        {
            var error = JsonSerializer.Deserialize<ErrorBody>(body, MlflowJson.Options);
            return (error?.ErrorCode ?? "", error?.Message ?? "");
        }
        catch (JsonException)
        {
            return ("", "");
        }
    }

    private sealed record ErrorBody(string? ErrorCode, string? Message);

    private const string RetryAfter = "Retry-After";

    private ResiliencePipeline Retrying(Func<MlflowException, bool> again) => patience.Attempts < 2 ? ResiliencePipeline.Empty : new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
    {
        ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is MlflowException failure && again(failure)),
        MaxRetryAttempts = patience.Attempts - 1,
        Delay = patience.Delay,
        MaxDelay = patience.LongestDelay,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(
            arguments.Outcome.Exception?.Data[RetryAfter] is TimeSpan asked ? (asked < patience.LongestDelay ? asked : patience.LongestDelay) : null),
    }).Build();

    private static string Api(string path) => $"api/2.0/mlflow/{path}";

    private static string Query((string Name, string Value)[] query) =>
        query.Length == 0 ? "" : "?" + string.Join('&', query.Select(each => $"{each.Name}={Uri.EscapeDataString(each.Value)}"));

    private static AuthenticationHeaderValue? FromEnvironment()
    {
        string? token = Environment.GetEnvironmentVariable("MLFLOW_TRACKING_TOKEN"), user = Environment.GetEnvironmentVariable("MLFLOW_TRACKING_USERNAME");
        if (!string.IsNullOrEmpty(user))
            return new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{Environment.GetEnvironmentVariable("MLFLOW_TRACKING_PASSWORD")}")));
        return string.IsNullOrEmpty(token) ? null : token.All(c => c is > ' ' and <= '~')
            ? new("Bearer", token)
            : throw new ProblemException(new("mlflow/refused", "MLFLOW_TRACKING_TOKEN holds characters that no token has.", "Set it anew."));
    }
}
