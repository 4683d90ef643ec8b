using System.Globalization;
using System.Text;

namespace Clientele.Tests.Attacks;

/// <summary>Requests that start from what the OpenAPI document says and go wrong by chance, from a seed.</summary>
public sealed class FuzzTests
{
    private const int Requests = 6_000;
    private static readonly string[] Types = ["application/json", "application/json; charset=utf-16", "text/plain", "text/csv", "application/octet-stream", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "x", ""];
    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "X"];

    [Fact]
    public async Task Whatever_is_sent_gets_an_answer_that_is_an_answer()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("CLIENTELE_TEST_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked : 2011;
        await using var shop = await ServedShop.Start(settings: "serve: {body_seconds: 5}\n");
        var operations = await shop.Operations();
        string before = (await Exchange.Send(shop, "POST", "/api/v1/predict", Sound(shop))).Body;
        var hit = new HashSet<string>();
        for (int i = 0; i < Requests; i++)
        {
            var random = new Random(unchecked(seed * 1_000_003 + i));
            var operation = operations[random.Next(operations.Count)];
            string method = random.Next(12) == 0 ? Methods[random.Next(Methods.Length)] : operation.Method;
            string path = operation.At(_ => Uri.EscapeDataString(Word(random)));
            if (random.Next(4) == 0)
                path += "?" + string.Join('&', operation.Query.Append(Word(random)).Select(name => $"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(Word(random))}"));
            byte[]? body = operation.Body is null && random.Next(6) > 0 ? null : Spoiled(operation.Body?.ToJsonString() ?? "{}", random);
            string type = random.Next(10) == 0 ? Types[random.Next(Types.Length)] : Types[0];
            string sent = $"request {i} of seed {seed}: {method} {path} {type} {(body is null ? "" : Encoding.Latin1.GetString(body))}";
            var answer = method is "HEAD" || body is null || method is not "GET" ? await Exchange.Send(shop, method, path, body, type) : await Exchange.Send(shop, method, path, null);
            Soundness.Check(answer, sent);
            hit.Add($"{operation} {answer.Status / 100}");
        }

        Assert.All(operations, operation => Assert.Contains(hit, seen => seen.StartsWith($"{operation} ", StringComparison.Ordinal)));
        Assert.Equal(before, (await Exchange.Send(shop, "POST", "/api/v1/predict", Sound(shop))).Body);
    }

    private static byte[] Sound(ServedShop shop) => Encoding.UTF8.GetBytes($$$"""{"features": {{{{string.Join(',', shop.Bundle.Model.Space.Columns.Select(name => $"\"{name}\":1"))}}}}}""");

    private static byte[] Spoiled(string body, Random random)
    {
        var text = new StringBuilder(body);
        for (int times = random.Next(5); times > 0; times--)
            switch (random.Next(9))
            {
                case 0 when text.Length > 0:
                    text.Length = random.Next(text.Length);
                    break;
                case 1:
                    text.Insert(random.Next(text.Length + 1), Payloads.WrongValues[random.Next(Payloads.WrongValues.Count)]);
                    break;
                case 2:
                    text.Insert(random.Next(text.Length + 1), Payloads.Injections[random.Next(Payloads.Injections.Count)]);
                    break;
                case 3 when text.Length > 1:
                    int from = random.Next(text.Length - 1);
                    text.Remove(from, random.Next(1, Math.Min(40, text.Length - from)));
                    break;
                case 4:
                    text.Replace(":1", $":{Payloads.WrongValues[random.Next(Payloads.WrongValues.Count)]}", 0, random.Next(text.Length + 1));
                    break;
                case 5:
                    text.Append(text.ToString(0, Math.Min(text.Length, 2_000)));
                    break;
                case 6 when text.Length > 0:
                    text[random.Next(text.Length)] = (char)random.Next(1, 0x2FF);
                    break;
                case 7:
                    text.Replace("\"x\"", $"\"{Word(random).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
                    break;
                default:
                    text.Replace(":1", $":{random.NextDouble() * Math.Pow(10, random.Next(-20, 320)):R}");
                    break;
            }
        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        for (int times = random.Next(8) == 0 ? random.Next(6) : 0; times > 0 && bytes.Length > 0; times--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private static string Word(Random random) => random.Next(5) switch
    {
        0 => Payloads.Traversals[random.Next(Payloads.Traversals.Count)],
        1 => Payloads.Injections[random.Next(Payloads.Injections.Count)],
        2 => Payloads.Addresses[random.Next(Payloads.Addresses.Count)],
        3 => $"{random.NextInt64(long.MinValue, long.MaxValue)}",
        _ => $"{random.Next(3)}",
    };
}
