using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Clientele.Tests.Operations;

/// <summary>W3C Trace Context, https://www.w3.org/TR/trace-context/ §3.2: what is continued and what begins anew.</summary>
public sealed class TraceTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736", Parent = "00f067aa0ba902b7";

    [Theory]
    [InlineData($"00-{Trace}-{Parent}-01", "01")]
    [InlineData($"00-{Trace}-{Parent}-00", "00")]
    [InlineData($"00-{Trace}-{Parent}-ff", "01")]                  // flags of later versions are passed over
    [InlineData($"cc-{Trace}-{Parent}-01", "01")]                  // a later version
    [InlineData($"cc-{Trace}-{Parent}-01-what-it-says-more", "01")]
    public async Task A_trace_is_continued_in_answer_and_error(string sent, string flags)
    {
        await using var shop = await ServedShop.Start();

        var (answered, id) = await Ask(shop, sent);

        Assert.Equal(Trace, id);
        Assert.Matches($"^00-{Trace}-(?!{Parent})[0-9a-f]{{16}}-{flags}$", Assert.Single(answered));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData($"00-{Trace}-{Parent}")]
    [InlineData($"00-{Trace}-{Parent}-1")]
    [InlineData($"00-{Trace}-{Parent}-01-more")]                   // version 00 ends there
    [InlineData($"cc-{Trace}-{Parent}-01.more")]
    [InlineData($"ff-{Trace}-{Parent}-01")]                        // a version that there is not
    [InlineData($"0x-{Trace}-{Parent}-01")]
    [InlineData($"00-00000000000000000000000000000000-{Parent}-01")]
    [InlineData($"00-{Trace}-0000000000000000-01")]
    [InlineData("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01")]
    [InlineData($"00-{Trace}-{Parent}-0g")]
    public async Task What_is_no_traceparent_begins_a_new_trace(string sent)
    {
        await using var shop = await ServedShop.Start();

        var (answered, id) = await Ask(shop, sent);

        Assert.Matches("^[0-9a-f]{32}$", id);
        Assert.NotEqual(Trace, id);
        if (sent.Length > 0)
            Assert.Matches($"^00-{id}-[0-9a-f]{{16}}-00$", Assert.Single(answered));
    }

    [Fact]
    public async Task Two_at_once_are_none()
    {
        await using var shop = await ServedShop.Start();

        var (_, id) = await Ask(shop, $"00-{Trace}-{Parent}-01", $"00-{Trace}-{Parent}-01");

        Assert.NotEqual(Trace, id);
    }

    private static async Task<(IEnumerable<string> Answered, string Id)> Ask(ServedShop shop, params string[] traces)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/predict") { Content = new StringContent("{}", Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        foreach (string trace in traces)
            request.Headers.TryAddWithoutValidation("traceparent", trace);
        using var response = await shop.Http.SendAsync(request);
        response.Headers.TryGetValues("traceparent", out var answered);
        return (answered ?? [], JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("trace_id").GetString()!);
    }
}
