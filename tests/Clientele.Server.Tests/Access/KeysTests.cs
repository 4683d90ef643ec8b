using System.Net.Http.Headers;
using System.Text.Json;
using Clientele.Access;
using Clientele.Problems;

namespace Clientele.Tests.Access;

public sealed class KeysTests
{
    [Fact]
    public async Task Without_a_key_this_machine_may_do_everything()
    {
        await using var shop = await ServedShop.Start();
        Assert.Equal(200, (await shop.Get("/openapi/v1.json")).Status);
        Assert.Equal(400, (await shop.Post("/api/v1/predict", "{}")).Status);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0"), InlineData("http://*:0"), InlineData("http://+:0"), InlineData("http://[::]:0"), InlineData("http://personas.example.com:0"), InlineData("http://127.0.0.1:0;http://0.0.0.0:0")]
    [InlineData("http://127.0.0.1.example.com:0"), InlineData("http://169.254.1.1:0"), InlineData("http://192.168.1.1:0"), InlineData("https://0.0.0.0:0")]
    public async Task Without_a_key_it_does_not_listen_elsewhere(string urls)
    {
        var refused = await Assert.ThrowsAsync<ProblemException>(() => ServedShop.Start(options: o => o with { Urls = urls }));
        Assert.Equal("serve/keys", refused.Problem.Kind);
        Assert.Contains("clientele keys create", refused.Problem.Remedy, StringComparison.Ordinal);
    }

    [Theory, InlineData("http://127.0.0.1:0"), InlineData("http://[::1]:0"), InlineData("http://127.0.0.2:0")]
    public async Task This_machines_own_addresses_need_no_key(string urls)
    {
        await using var shop = await ServedShop.Start(options: o => o with { Urls = urls });
        Assert.Equal(200, (await shop.Get("/ready")).Status);
    }

    [Fact]
    public async Task With_a_key_it_listens_everywhere()
    {
        await using var shop = await ServedShop.Start(options: o => o with { Urls = "http://0.0.0.0:0" }, keys: keys => keys.Create("x", Role.Viewer, null, "tester"));
        Assert.Single(shop.Service.Addresses);
    }

    [Fact]
    public async Task A_key_that_has_expired_lets_nobody_listen_elsewhere() =>
        Assert.Equal("serve/keys", (await Assert.ThrowsAsync<ProblemException>(() => ServedShop.Start(options: o => o with { Urls = "http://0.0.0.0:0" }, keys: async keys =>
            await keys.Revoke((await keys.Create("x", Role.Viewer, null, "tester")).Key.Id)))).Problem.Kind);

    [Fact]
    public async Task The_environment_adds_no_address()
    {
        Environment.SetEnvironmentVariable("Kestrel__Endpoints__More__Url", "http://0.0.0.0:0");
        try
        {
            await using var shop = await ServedShop.Start();
            Assert.Equal(["127.0.0.1"], shop.Service.Addresses.Select(address => address.Host));
        }
        finally
        {
            Environment.SetEnvironmentVariable("Kestrel__Endpoints__More__Url", null);
        }
    }

    public static TheoryData<string, string, string, int, int, int> Doors => new()
    {
        { "GET", "/health", "none", 200, 200, 200 },
        { "GET", "/ready", "none", 200, 200, 200 },
        { "GET", "/ping", "none", 200, 200, 200 },
        { "GET", "/openapi/v1.json", "key", 200, 200, 200 },
        { "POST", "/api/v1/predict", "key", 400, 400, 400 },
        { "POST", "/api/v1/predict/many", "key", 400, 400, 400 },
        { "POST", "/predict", "key", 400, 400, 400 },
        { "GET", "/metrics", "key", 200, 200, 200 },
        { "GET", "/api/v1/models", "key", 200, 200, 200 },
        { "GET", "/v2/health/live", "none", 200, 200, 200 },
        { "GET", "/api/v1/models/1/preview", "key", 403, 409, 409 },
        { "POST", "/api/v1/models/1/promote", "key", 403, 403, 400 },
        { "POST", "/api/v1/models/rollback", "key", 403, 403, 400 },
        { "GET", "/api/v1/models/1/promote", "key", 405, 405, 405 },
        { "GET", "/nothing/here", "key", 404, 404, 404 },
        { "POST", "/nothing/here", "key", 404, 404, 404 },
        { "DELETE", "/api/v1/predict", "key", 405, 405, 405 },
    };

    [Theory, MemberData(nameof(Doors))]
    public async Task Each_role_gets_through_its_own_doors(string method, string path, string needs, int viewer, int @operator, int admin)
    {
        var texts = new Dictionary<Role, string>();
        await using var shop = await ServedShop.Start(keys: async keys =>
        {
            foreach (var role in Enum.GetValues<Role>())
                texts[role] = (await keys.Create($"{role}", role, null, "tester")).Text;
        });

        Assert.Equal((viewer, @operator, admin), (await Status(texts[Role.Viewer]), await Status(texts[Role.Operator]), await Status(texts[Role.Admin])));
        Assert.Equal(needs == "none" ? viewer : 401, await Status(null));
        Assert.Equal(needs == "none" ? viewer : 401, await Status(texts[Role.Admin][..^1] + "g"));

        async Task<int> Status(string? key)
        {
            using var request = new HttpRequestMessage(new(method), new Uri(path, UriKind.Relative)) { Content = method == "POST" ? new StringContent("{}", new MediaTypeHeaderValue("application/json")) : null };
            if (key is not null)
                request.Headers.Authorization = new("Bearer", key);
            using var response = await shop.Http.SendAsync(request);
            return (int)response.StatusCode;
        }
    }

    [Fact]
    public async Task A_key_may_come_in_its_own_header_and_who_has_none_is_told_how()
    {
        string text = "";
        await using var shop = await ServedShop.Start(keys: async keys => text = (await keys.Create("x", Role.Viewer, null, "tester")).Text);

        using var stranger = await shop.Http.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative));
        Assert.Equal("Bearer", stranger.Headers.WwwAuthenticate.ToString());
        var problem = JsonDocument.Parse(await stranger.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("urn:clientele:access/key", problem.GetProperty("type").GetString());
        Assert.Equal("application/problem+json", stranger.Content.Headers.ContentType?.MediaType);
        shop.Http.DefaultRequestHeaders.Add("X-API-Key", text);
        Assert.Equal(200, (await shop.Get("/openapi/v1.json")).Status);
    }

    [Fact]
    public async Task A_key_revoked_by_another_process_is_refused_soon()
    {
        var (id, text) = ("", "");
        await using var shop = await ServedShop.Start(options: o => o with { Watch = TimeSpan.FromMilliseconds(20) }, keys: async keys =>
        {
            var made = await keys.Create("x", Role.Viewer, null, "tester");
            (id, text) = (made.Key.Id, made.Text);
        });
        shop.Http.DefaultRequestHeaders.Authorization = new("Bearer", text);
        Assert.Equal(200, (await shop.Get("/openapi/v1.json")).Status);

        await using (var store = await Pipeline.WorkspaceStore.Open(shop.Folder, TimeProvider.System))
            await store.Keys.Revoke(id);

        while ((await shop.Get("/openapi/v1.json")).Status != 401)
            await Task.Delay(20);
    }

    [Fact]
    public async Task The_first_key_closes_an_open_service()
    {
        await using var shop = await ServedShop.Start(options: o => o with { Watch = TimeSpan.FromMilliseconds(20) });
        Assert.Equal(200, (await shop.Get("/openapi/v1.json")).Status);

        await using (var store = await Pipeline.WorkspaceStore.Open(shop.Folder, TimeProvider.System))
            await store.Keys.Create("x", Role.Viewer, null, "tester");

        while ((await shop.Get("/openapi/v1.json")).Status != 401)
            await Task.Delay(20);
    }
}
