using System.Text;
using System.Text.Json.Nodes;

namespace Clientele.Tests.Attacks;

/// <summary>Every end point of the OpenAPI document answers every attack with an error that says what is wrong, soon, and with nothing of its inside.</summary>
public sealed class AttackTests
{
    [Fact]
    public void The_tables_are_as_long_as_they_should_be()
    {
        Assert.InRange(Payloads.Traversals.Distinct().Count(), 60, 1_000);
        Assert.InRange(Payloads.Addresses.Distinct().Count(), 40, 1_000);
        Assert.InRange(Payloads.Injections.Distinct().Count(), 60, 1_000);
    }

    [Fact]
    public async Task A_path_that_tries_to_leave_leads_nowhere()
    {
        await using var shop = await ServedShop.Start();
        var operations = await shop.Operations();
        foreach (string payload in Payloads.Traversals)
        {
            foreach (string target in (string[])[$"/{payload}", $"/docs/{payload}", $"/openapi/{payload}", $"/api/v1/{payload}"])
            {
                var answer = await Exchange.Raw(shop, "GET", InTarget(target));
                Soundness.Check(answer, target);
                // A path within the service may be meant; one that leaves it must be nothing.
                Assert.True(answer.Status is not 200 || !payload.Split('?')[0].Contains("etc", StringComparison.Ordinal), $"{target}: {answer.Body}");
            }
            foreach (var operation in operations.Where(operation => operation.Places.Count > 0))
                foreach (string place in (string[])[InTarget(payload), Uri.EscapeDataString(payload)])
                {
                    var answer = await Exchange.Raw(shop, operation.Method, operation.At(_ => place), operation.Body?.ToJsonString() ?? "");
                    Soundness.Check(answer, $"{operation} {payload}");
                }
        }
    }

    public static TheoryData<string> Tables => ["paths", "addresses", "injections"];

    [Theory, MemberData(nameof(Tables))]
    public async Task What_looks_like_something_else_is_a_text_and_nothing_more(string table)
    {
        await using var shop = await ServedShop.Start();
        var payloads = table switch { "paths" => Payloads.Traversals, "addresses" => Payloads.Addresses, _ => Payloads.Injections };
        foreach (var operation in await shop.Operations())
            foreach (string payload in payloads)
            {
                string value = Uri.EscapeDataString(payload), path = operation.At(_ => value);
                string query = string.Join('&', operation.Query.Append("x").Select(name => $"{name}={value}").Append($"{value}=1"));
                Soundness.Check(await Exchange.Send(shop, operation.Method, $"{path}?{query}", Bytes(operation.Body)), $"{operation} {payload}");
                if (operation.Body is null)
                    continue;
                foreach (var body in (JsonNode?[])[Everywhere(operation.Body, payload), WithField(operation.Body, payload), JsonValue.Create(payload)])
                    Soundness.Check(await Exchange.Send(shop, operation.Method, path, Bytes(body)), $"{operation} {payload} {body?.ToJsonString()}");
            }
        await StillWorks(shop);
    }

    [Fact]
    public async Task A_wrong_value_in_any_field_is_refused()
    {
        await using var shop = await ServedShop.Start();
        foreach (var operation in (await shop.Operations()).Where(operation => operation.Body is not null))
            for (int field = 0; field < Fields(operation.Body!); field++)
                foreach (string value in Payloads.WrongValues)
                {
                    string body = With(operation.Body!, field, value);
                    Soundness.Check(await Exchange.Send(shop, operation.Method, operation.At(_ => "1"), Encoding.UTF8.GetBytes(body)), $"{operation} {body}");
                }
        await StillWorks(shop);
    }

    public static TheoryData<string> Headers =>
    [
        "Content-Length: 99999999999999999999\r\n", "Content-Length: -1\r\n", "Content-Length: 1\r\nContent-Length: 2\r\n", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip\r\n", "Transfer-Encoding: chunked, chunked\r\n",
        "Content-Encoding: gzip\r\n", "X: y\r\n z\r\n", "X\0: y\r\n", ": y\r\n", "X y\r\n", "X-Forwarded-For: 127.0.0.1\r\n", "X-Forwarded-Host: evil.com\r\n", "X-Original-URL: /api/v1/models\r\n", "X-HTTP-Method-Override: DELETE\r\n",
        "Authorization: Bearer \r\n", "Authorization: Bearer x\r\n", "Authorization: Basic YWRtaW46cGFzc3dvcmQxMjM0\r\n", "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n", "Cookie: session=../../x\r\n", "Range: bytes=0-,0-,0-,0-\r\n", "Expect: x\r\n", "Upgrade: h2c\r\nConnection: Upgrade\r\n",
        "Accept: */*;q=9\r\n", "traceparent: 00-x\r\n", "traceparent: 00-ffffffffffffffffffffffffffffffff-ffffffffffffffff-ff\r\n", "Referer: http://127.0.0.1/\r\n", "Host: evil.com\r\n", "If-None-Match: *\r\n", "Accept-Encoding: gzip;q=x\r\n",
    ];

    [Theory, MemberData(nameof(Headers))]
    public async Task A_strange_header_does_no_harm(string header)
    {
        await using var shop = await ServedShop.Start();
        foreach (var operation in await shop.Operations())
        {
            Soundness.Check(await Exchange.Raw(shop, operation.Method, operation.At(_ => "1"), operation.Body?.ToJsonString() ?? "", header), $"{operation} {header}");
            Soundness.Check(await Exchange.Raw(shop, Encoding.UTF8.GetBytes($"{operation.Method} {operation.At(_ => "1")} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{header}\r\n{{}}")), $"{operation} {header}");
        }
        await StillWorks(shop);
    }

    public static TheoryData<string> NoHttp =>
    [
        "\r\n\r\n", "GET\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/0.9\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\nHost: localhost\n\n", "GET http://evil.com/ HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET * HTTP/1.1\r\nHost: localhost\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "CONNECT evil.com:80 HTTP/1.1\r\nHost: localhost\r\n\r\n", "TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n", "\u0016\u0003\u0001\u0002\0\u0001", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "{}", "GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.com\r\n\r\n",
        "POST /predict HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "POST /predict HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n", "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{}",
    ];

    [Theory, MemberData(nameof(NoHttp))]
    public async Task What_is_no_request_is_refused_and_others_go_on(string bytes)
    {
        await using var shop = await ServedShop.Start();
        Soundness.Check(await Exchange.Raw(shop, Encoding.Latin1.GetBytes(bytes)), bytes);
        await StillWorks(shop);
    }

    [Fact]
    public async Task Oversized_lines_and_headers_are_refused()
    {
        await using var shop = await ServedShop.Start();
        foreach (int size in (int[])[9_000, 100_000, 1_000_000])
        {
            // A client that goes on sending may find the connection closed before it reads why.
            Assert.Contains((await Exchange.Raw(shop, "GET", "/" + new string('x', size))).Status, (int[])[414, 0]);
            Assert.Contains((await Exchange.Raw(shop, "GET", "/health", headers: $"X: {new string('x', size + 32_768)}\r\n")).Status, (int[])[431, 0]);
        }
        Assert.Contains((await Exchange.Raw(shop, "GET", "/health", headers: string.Concat(Enumerable.Range(0, 200).Select(i => $"X{i}: y\r\n")))).Status, (int[])[431, 0]);
        await StillWorks(shop);
    }

    [Fact]
    public async Task Slow_clients_hold_nobody_up_and_are_let_go()
    {
        await using var shop = await ServedShop.Start();
        var slow = new List<Limits.LimitsTests.Raw>();
        for (int i = 0; i < 300; i++)
        {
            var client = await Limits.LimitsTests.Raw.Open(shop);
            await client.Send("POST /api/v1/predict HTTP/1.1\r\nHost: localhost\r\nX: ");
            slow.Add(client);
        }
        for (int i = 0; i < 50; i++)
            await StillWorks(shop);

        // The service's own limit ends them; each is told or closed.
        foreach (var client in slow)
        {
            Assert.Contains((await client.Line()).Split(' ').ElementAtOrDefault(1) ?? "", (string[])["408", ""]);
            client.Dispose();
        }
    }

    private static async Task StillWorks(ServedShop shop) => Assert.Equal(200, (await shop.Get("/health")).Status);

    private static byte[]? Bytes(JsonNode? body) => body is null ? null : Encoding.UTF8.GetBytes(body.ToJsonString());

    // What cannot stand in a request's first line is written in percent.
    private static string InTarget(string text) => string.Concat(text.Select(c => c <= ' ' || c > '~' ? Uri.EscapeDataString($"{c}") : $"{c}"));

    private static JsonNode? Everywhere(JsonNode? node, string payload) => node switch
    {
        JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, Everywhere(field.Value, payload)))),
        JsonArray items => new JsonArray([.. items.Select(item => Everywhere(item, payload))]),
        _ => JsonValue.Create(payload),
    };

    private static JsonNode? WithField(JsonNode? node, string payload)
    {
        var copy = node?.DeepClone();
        if (copy is JsonObject fields)
            foreach (var inner in fields.Select(field => field.Value).OfType<JsonObject>().Append(fields).ToList())
                inner[payload] = payload;
        return copy;
    }

    private static int Fields(JsonNode? node) => 1 + (node switch
    {
        JsonObject fields => fields.Sum(field => Fields(field.Value)),
        JsonArray items => items.Sum(Fields),
        _ => 0,
    });

    // The field of that number, in reading order, holds this text, be it JSON or not.
    private static string With(JsonNode node, int number, string text)
    {
        var output = new StringBuilder();
        int at = 0;
        Write(node);
        return output.ToString();

        void Write(JsonNode? part)
        {
            if (at++ == number)
            {
                output.Append(text);
                at += Fields(part) - 1;
                return;
            }
            switch (part)
            {
                case JsonObject fields:
                    output.Append('{');
                    foreach (var (i, field) in fields.Index())
                    {
                        output.Append(i > 0 ? "," : "").Append(JsonValue.Create(field.Key)!.ToJsonString()).Append(':');
                        Write(field.Value);
                    }
                    output.Append('}');
                    break;
                case JsonArray items:
                    output.Append('[');
                    foreach (var (i, item) in items.Index())
                    {
                        output.Append(i > 0 ? "," : "");
                        Write(item);
                    }
                    output.Append(']');
                    break;
                default:
                    output.Append(part?.ToJsonString() ?? "null");
                    break;
            }
        }
    }
}
