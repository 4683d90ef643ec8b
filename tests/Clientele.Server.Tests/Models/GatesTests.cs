using System.Globalization;
using System.Text;
using Clientele.Access;
using Clientele.Models;

namespace Clientele.Tests.Models;

public sealed class GatesTests
{
    private const string Strict = "gates: {least_share: 0.5, silhouette_drop: 2, most_moved: 1}\n", Lenient = "gates: {least_share: 0, silhouette_drop: 2, most_moved: 1}\n";

    [Fact]
    public async Task A_version_that_does_not_pass_is_refused_with_every_gate_s_verdict_unless_it_is_forced()
    {
        await using var shop = await ServedShop.Start(settings: Strict);
        long next = await Challenger(shop);

        var (status, problem) = await shop.Post($"/api/v1/models/{next}/promote", new { reason = "looks nice" });

        Assert.Equal((409, "urn:clientele:models/gates"), (status, problem.GetProperty("type").GetString()));
        var gates = problem.GetProperty("gates").EnumerateArray().ToDictionary(gate => gate.GetProperty("name").GetString()!, gate => gate.GetProperty("passed").GetBoolean());
        Assert.Equal(["silhouette", "least jaccard", "clv error", "least share", "moved"], gates.Keys);
        Assert.Equal(["least share"], gates.Where(gate => !gate.Value).Select(gate => gate.Key));
        Assert.Equal(1, (await shop.Get("/ready")).Body.GetProperty("model_version").GetInt64());
        (status, var champion) = await shop.Post($"/api/v1/models/{next}/promote", new { reason = "I know better", force = true });
        Assert.Equal((200, next), (status, champion.GetProperty("version").GetInt64()));
        var judged = (await shop.Get($"/api/v1/models/{next}")).Body.GetProperty("history").EnumerateArray().Where(entry => entry.GetProperty("action").GetString() == "judged").ToList();
        Assert.Equal([("looks nice", "this machine"), ("I know better", "this machine")], judged.Select(entry => (entry.GetProperty("reason").GetString(), entry.GetProperty("actor").GetString())));
    }

    [Fact]
    public async Task A_version_that_passes_becomes_champion_and_a_preview_said_who_would_move()
    {
        string key = "";
        await using var shop = await ServedShop.Start(settings: Lenient, keys: async keys => key = (await keys.Create("ops", Role.Admin, null, "tester")).Text);
        shop.Http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        long next = await Challenger(shop);

        var (status, preview) = await shop.Get($"/api/v1/models/{next}/preview");

        Assert.Equal((200, 1, 300, true), (status, preview.GetProperty("champion").GetInt64(), preview.GetProperty("customers").GetInt32(), preview.GetProperty("passes").GetBoolean()));
        Assert.Equal(300, preview.GetProperty("between").EnumerateArray().Sum(move => move.GetProperty("customers").GetInt32()));
        Assert.InRange(preview.GetProperty("moved").GetInt32(), 1, 299);
        Assert.Equal(200, (await shop.Post($"/api/v1/models/{next}/promote", new { reason = "better" })).Status);
        Assert.Equal(next, (await shop.Get("/ready")).Body.GetProperty("model_version").GetInt64());
        var moved = (await shop.Get($"/api/v1/models/{next}")).Body.GetProperty("history").EnumerateArray().Last();
        Assert.StartsWith("ops (", moved.GetProperty("actor").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_judged_is_refused_and_says_so()
    {
        await using var shop = await ServedShop.Start();
        long next = await shop.Register(Bundles.Segments(2), run: "elsewhere");

        var (status, problem) = await shop.Post($"/api/v1/models/{next}/promote", new { reason = "better" });

        Assert.Equal((409, "urn:clientele:models/no-preview", 0), (status, problem.GetProperty("type").GetString(), problem.GetProperty("gates").GetArrayLength()));
        Assert.Equal(409, (await shop.Get($"/api/v1/models/{next}/preview")).Status);
        Assert.Equal(200, (await shop.Post($"/api/v1/models/{next}/promote", new { reason = "better", force = true })).Status);
    }

    [Theory]
    [InlineData("""{"reason": "x", "force": "yes"}""", "/force")]
    [InlineData("""{"reason": "x", "forced": true}""", "/forced")]
    [InlineData("""{"force": true}""", "/reason")]
    public async Task A_request_that_is_not_understood_changes_nothing(string body, string field)
    {
        await using var shop = await ServedShop.Start();
        long next = await shop.Register(Bundles.Segments(2));

        var (status, problem) = await shop.Post($"/api/v1/models/{next}/promote", body);

        Assert.Equal((400, $"#{field}"), (status, Assert.Single(problem.GetProperty("errors").EnumerateArray()).GetProperty("pointer").GetString()));
        Assert.Equal(1, (await shop.Get("/ready")).Body.GetProperty("model_version").GetInt64());
    }

    // Registered after a run that wrote down its customers.
    private static async Task<long> Challenger(ServedShop shop)
    {
        var bundle = Bundles.Segments(2);
        await shop.AddRun("newer", new Dictionary<string, byte[]> { ["segments.csv"] = Encoding.UTF8.GetBytes(Segments(bundle)) });
        return await shop.Register(bundle, "newer");
    }

    private static string Segments(ModelBundle bundle)
    {
        string[] columns = [.. bundle.Model.Space.Columns];
        var rows = Bundles.Customers(columns.Length, 300, seed: 5);
        var assigned = Bundles.Assigned(bundle, rows);
        var text = new StringBuilder($"\"customer\",\"segment\",\"persona\",\"distance\",\"second_nearest\",\"outlier\",{string.Join(',', columns.Select(name => $"\"{name}\""))}\n");
        for (int i = 0; i < rows.Rows; i++)
            text.Append(CultureInfo.InvariantCulture, $"\"c{i}\",{assigned.Labels[i] + 1},\"{bundle.Segments[assigned.Labels[i]].Persona}\",0,1,false,{string.Join(',', rows.Row(i).ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}\n");
        return $"{text}";
    }
}
