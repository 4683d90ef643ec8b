using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Clientele.Tests.Access;

/// <summary>What a browser that was led astray sends is refused, and what it gets it keeps to itself.</summary>
public sealed class BrowserTests
{
    [Theory]
    [InlineData("127.0.0.1", 200), InlineData("127.0.0.1:9", 200), InlineData("localhost", 200), InlineData("LOCALHOST:80", 200), InlineData("[::1]:8080", 200), InlineData("10.1.2.3", 200), InlineData("personas.example.com", 200)]
    [InlineData("evil.example.com", 403), InlineData("localhost.evil.example.com", 403), InlineData("127.0.0.1.evil.example.com", 403), InlineData("127.0.0.1.nip.io", 403), InlineData("personas.example.com.evil.com", 403)]
    [InlineData("xpersonas.example.com", 403), InlineData("localhost.", 403), InlineData("evil.com:80", 403)]
    public async Task Only_its_own_names_call_the_service(string host, int status)
    {
        await using var shop = await ServedShop.Start(settings: "serve: {hosts: [personas.example.com]}\n");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/health", UriKind.Relative));
        request.Headers.Host = host;
        using var response = await shop.Http.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example.com", 403), InlineData("Origin", "null", 403), InlineData("Origin", "http://127.0.0.1:1", 403), InlineData("Origin", "http://localhost", 403), InlineData("Origin", "file://", 403), InlineData("Origin", "x", 403)]
    [InlineData("Origin", "own", 400), InlineData("Sec-Fetch-Site", "cross-site", 403), InlineData("Sec-Fetch-Site", "same-site", 403), InlineData("Sec-Fetch-Site", "same-origin", 400), InlineData("Sec-Fetch-Site", "none", 400)]
    public async Task A_page_from_elsewhere_changes_nothing(string header, string value, int status)
    {
        await using var shop = await ServedShop.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/predict", UriKind.Relative)) { Content = new StringContent("{}", new MediaTypeHeaderValue("application/json")) };
        request.Headers.TryAddWithoutValidation(header, value == "own" ? shop.Http.BaseAddress!.GetLeftPart(UriPartial.Authority) : value);
        using var response = await shop.Http.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task The_page_for_people_may_be_styled_by_itself_and_run_nothing_of_others()
    {
        await using var shop = await ServedShop.Start();
        using var response = await shop.Http.GetAsync(new Uri("/docs", UriKind.Relative));
        string page = await response.Content.ReadAsStringAsync(), style = page[(page.IndexOf("<style>", StringComparison.Ordinal) + 7)..page.IndexOf("</style>", StringComparison.Ordinal)];
        string policy = response.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'", policy, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    public static TheoryData<string> Paths => ["/health", "/openapi/v1.json", "/nothing/here", "/api/v1/predict"];

    [Theory, MemberData(nameof(Paths))]
    public async Task Every_answer_says_what_it_is_and_no_answer_who_made_it(string path)
    {
        await using var shop = await ServedShop.Start();
        using var response = await shop.Http.GetAsync(new Uri(path, UriKind.Relative));
        string Header(string name) => string.Join(", ", response.Headers.TryGetValues(name, out var values) ? values : []);

        Assert.StartsWith("default-src 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal(("nosniff", "DENY", "no-referrer", "no-store", "same-origin"),
            (Header("X-Content-Type-Options"), Header("X-Frame-Options"), Header("Referrer-Policy"), Header("Cache-Control"), Header("Cross-Origin-Resource-Policy")));
        Assert.Equal(("", "", ""), (Header("Server"), Header("X-Powered-By"), Header("Access-Control-Allow-Origin")));
    }
}
