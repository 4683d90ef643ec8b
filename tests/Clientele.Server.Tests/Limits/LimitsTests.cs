using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Clientele.Access;

namespace Clientele.Tests.Limits;

public sealed class LimitsTests
{
    [Fact]
    public async Task A_request_that_waits_too_long_is_given_up_and_counted()
    {
        await using var shop = await ServedShop.Start(settings: "serve:\n  answer_seconds: 1\n");
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(shop.Http.BaseAddress!.Host, shop.Http.BaseAddress.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        // Its reason never comes.
        await stream.WriteAsync("POST /api/v1/models/rollback HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 20\r\ntraceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\nConnection: close\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);

        string answer = await new StreamReader(stream).ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 504 ", answer, StringComparison.Ordinal);
        Assert.Contains("urn:clientele:limits/answer", answer, StringComparison.Ordinal);
        Assert.Contains("4bf92f3577b34da6a3ce929d0e0e4736", answer, StringComparison.Ordinal);
        Assert.Equal(1, await shop.Metric("clientele_time_limit_reached_total"));
        Assert.Equal(200, (await shop.Get("/api/v1/models")).Status);
    }

    [Fact]
    public async Task Who_asks_more_often_than_a_key_may_is_told_when_to_come_again_and_others_go_on()
    {
        var texts = new List<string>();
        // One a second, two at once after a pause: the third of three within a second is too much.
        await using var shop = await ServedShop.Start(settings: "serve: {requests_per_second: 1}\n", keys: async keys =>
        {
            texts.Add((await keys.Create("busy", Role.Viewer, null, "tester")).Text);
            texts.Add((await keys.Create("calm", Role.Viewer, null, "tester")).Text);
        });
        HttpResponseMessage? refused = null;
        for (int i = 0; i < 50 && refused is null; i++)
            if (await Ask(texts[0]) is { IsSuccessStatusCode: false } response)
                refused = response;

        Assert.Equal(429, (int)refused!.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 2);
        Assert.Equal("urn:clientele:limits/rate", JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement.GetProperty("type").GetString());
        Assert.Equal(200, (int)(await Ask(texts[1])).StatusCode);

        Task<HttpResponseMessage> Ask(string key)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/openapi/v1.json", UriKind.Relative));
            request.Headers.Authorization = new("Bearer", key);
            return shop.Http.SendAsync(request);
        }
    }

    [Fact]
    public async Task More_requests_at_once_than_there_may_be_are_refused_and_the_others_get_their_answer()
    {
        await using var shop = await ServedShop.Start(settings: "serve: {requests_at_once: 2}\n");
        using var first = await Raw.Open(shop);
        using var second = await Raw.Open(shop);
        foreach (var slow in (Raw[])[first, second])
        {
            await slow.Send("POST /api/v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 100", await slow.Line(), StringComparison.Ordinal);       // it is at work on it
        }

        var (status, problem) = await shop.Post("/api/v1/predict", "{}");
        Assert.Equal((429, "urn:clientele:limits/at-once"), (status, problem.GetProperty("type").GetString()));
        foreach (var slow in (Raw[])[first, second])
        {
            await slow.Send("{}");
            Assert.Equal("", await slow.Line());
            Assert.StartsWith("HTTP/1.1 400", await slow.Line(), StringComparison.Ordinal);
        }
        Assert.Equal(400, (await shop.Post("/api/v1/predict", "{}")).Status);
    }

    [Fact]
    public async Task Large_bodies_that_are_still_arriving_leave_room_for_others()
    {
        await using var shop = await ServedShop.Start(settings: "serve: {max_body_mib: 1}\n");
        var slow = new List<Raw>();
        for (int i = 0; i < 33; i++)
        {
            slow.Add(await Raw.Open(shop));
            await slow[i].Send("POST /api/v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048576\r\nExpect: 100-continue\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 100", await slow[i].Line(), StringComparison.Ordinal);
            await slow[i].Line();
            await slow[i].Send("{");
        }
        // Which of them came last is not known; one is refused, and small bodies are none of its business.
        var first = await Task.WhenAny(slow.Select(async client => (Client: client, Line: await client.Line())));
        var (refused, line) = await first;
        Assert.StartsWith("HTTP/1.1 429", line, StringComparison.Ordinal);
        Assert.Equal(400, (await shop.Post("/api/v1/predict", "{}")).Status);

        foreach (var client in slow.Where(client => client != refused))
        {
            await client.Send(new string(' ', 1_048_575));
            client.Dispose();
        }
        refused.Dispose();
    }

    [Fact]
    public async Task A_body_too_large_is_refused_before_it_is_read()
    {
        await using var shop = await ServedShop.Start(settings: "serve: {max_body_mib: 1}\n");
        using var raw = await Raw.Open(shop);
        await raw.Send("POST /api/v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048577\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413", await raw.Line(), StringComparison.Ordinal);

        using var chunked = await Raw.Open(shop);
        await chunked.Send("POST /api/v1/predict HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
        string chunk = "10000\r\n" + new string(' ', 0x10000) + "\r\n";
        for (int i = 0; i < 17; i++)
            await chunked.Send(chunk);
        Assert.StartsWith("HTTP/1.1 413", await chunked.Line(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_just_small_enough_is_read_however_it_is_cut()
    {
        await using var shop = await ServedShop.Start(settings: "serve: {max_body_mib: 2}\n");
        var (status, problem) = await shop.Post("/api/v1/predict", "{}" + new string(' ', (2 << 20) - 2));
        Assert.Equal((400, "urn:clientele:request/fields"), (status, problem.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task More_rows_than_a_request_takes_are_refused()
    {
        await using var shop = await ServedShop.Start();
        string rows = string.Join(',', Enumerable.Repeat("""{"PC1":1}""", 100_001));
        var (status, problem) = await shop.Post("/predict", $$"""{"instances":[{{rows}}]}""");
        Assert.Equal((413, "urn:clientele:limits/rows"), (status, problem.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task A_body_that_does_not_arrive_in_time_is_given_up()
    {
        await using var shop = await ServedShop.Start(settings: "serve: {body_seconds: 1}\n");
        using var raw = await Raw.Open(shop);
        await raw.Send("POST /api/v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");
        Assert.StartsWith("HTTP/1.1 408", await raw.Line(), StringComparison.Ordinal);
    }

    /// <summary>A connection on which a test says every byte itself.</summary>
    internal sealed class Raw : IDisposable
    {
        private readonly TcpClient client = new();
        private StreamReader? reader;

        public static async Task<Raw> Open(ServedShop shop)
        {
            var raw = new Raw();
            await raw.client.ConnectAsync("127.0.0.1", shop.Service.Addresses[0].Port);
            raw.reader = new(raw.client.GetStream(), Encoding.Latin1);
            return raw;
        }

        public async Task Send(string text)
        {
            try
            {
                await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));
            }
            catch (IOException)
            {
                // The service has closed its side; what it said before can still be read.
            }
        }

        /// <summary>"" also where the connection was closed.</summary>
        public async Task<string> Line() => await reader!.ReadLineAsync() ?? "";

        public void Dispose()
        {
            reader?.Dispose();
            client.Dispose();
        }
    }
}
