using Clientele.Access;

namespace Clientele.Tests.Models;

public sealed class NamesTests
{
    [Fact]
    public async Task A_name_is_given_moved_and_taken_away_by_whose_key_it_was()
    {
        string key = "";
        await using var shop = await ServedShop.Start(keys: async keys => key = (await keys.Create("ops", Role.Admin, null, "tester")).Text);
        shop.Http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        long next = await shop.Register(Bundles.Segments(2));

        var (status, named) = await shop.Post("/api/v1/models/1/name", new { name = "gold", reason = "for the mailing" });
        Assert.Equal((200, "gold", 1, false), (status, named.GetProperty("name").GetString(), named.GetProperty("version").GetInt64(), named.TryGetProperty("before", out _)));
        (status, named) = await shop.Post($"/api/v1/models/{next}/name", new { name = "gold", reason = "is better" });
        Assert.Equal((200, next, 1), (status, named.GetProperty("version").GetInt64(), named.GetProperty("before").GetInt64()));
        Assert.Equal("gold", Assert.Single((await shop.Get($"/api/v1/models/{next}")).Body.GetProperty("aliases").EnumerateArray()).GetString());
        (status, named) = await shop.Post("/api/v1/models/unname", new { name = "gold", reason = "mailing is over" });
        Assert.Equal((200, next, false), (status, named.GetProperty("before").GetInt64(), named.TryGetProperty("version", out _)));

        var version = (await shop.Get($"/api/v1/models/{next}")).Body;
        Assert.Equal(0, version.GetProperty("aliases").GetArrayLength());
        var done = version.GetProperty("history").EnumerateArray().Where(entry => entry.TryGetProperty("alias", out var alias) && alias.GetString() == "gold").ToList();
        Assert.Equal([("moved", "is better"), ("removed", "mailing is over")], done.Select(entry => (entry.GetProperty("action").GetString(), entry.GetProperty("reason").GetString())));
        Assert.All(done, entry => Assert.StartsWith("ops (", entry.GetProperty("actor").GetString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1/name", """{"name": "champion", "reason": "x"}""", 409, "models/champion")]
    [InlineData("unname", """{"name": "champion", "reason": "x"}""", 409, "models/champion")]
    [InlineData("1/name", """{"name": "a b", "reason": "x"}""", 400, "models/name")]
    [InlineData("9/name", """{"name": "gold", "reason": "x"}""", 404, "models/unknown")]
    [InlineData("x/name", """{"name": "gold", "reason": "x"}""", 404, "models/unknown")]
    [InlineData("unname", """{"name": "gold", "reason": "x"}""", 404, "models/alias")]
    [InlineData("1/name", """{"name": "gold"}""", 400, "request/fields")]
    [InlineData("unname", """{"reason": "x"}""", 400, "request/fields")]
    [InlineData("unname", """{"name": "a\u0000", "reason": "x"}""", 400, "request/fields")]
    [InlineData("1/name", """{"name": "gold", "reason": "a\u0000"}""", 400, "request/fields")]
    public async Task What_cannot_be_done_is_refused_and_changes_nothing(string path, string body, int status, string kind)
    {
        await using var shop = await ServedShop.Start();

        var (answered, problem) = await shop.Post($"/api/v1/models/{path}", body);

        Assert.Equal((status, $"urn:clientele:{kind}"), (answered, problem.GetProperty("type").GetString()));
        Assert.Equal("champion", Assert.Single((await shop.Get("/api/v1/models/1")).Body.GetProperty("aliases").EnumerateArray()).GetString());
    }
}
