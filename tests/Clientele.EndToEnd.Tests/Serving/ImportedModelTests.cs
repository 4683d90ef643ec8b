using System.Net.Http.Json;
using System.Text.Json;
using Clientele.Tests.Cli;

namespace Clientele.Tests.Serving;

/// <summary>A model that was taken to another place says there what it says at home: its version holds all that it takes.</summary>
public sealed class ImportedModelTests(ValuedShop shop) : IClassFixture<ValuedShop>
{
    [Fact]
    public async Task It_tells_personas_segments_and_values_as_at_home_but_knows_no_customers()
    {
        using var away = new TempFolder();
        await CliProcess.Succeed(shop.Home, "models", "export", "champion", "--out", away["model.zip"], "--workspace", "shop");
        await CliProcess.Succeed(away.Path, "init", "other", "--source", Path.Combine(shop.Folder, "orders.csv"), "--name", "Shop");
        await CliProcess.Succeed(away.Path, "models", "import", "model.zip", "--reason", "it was good at home", "--workspace", "other");
        await CliProcess.Succeed(away.Path, "models", "promote", "1", "--reason", "it was good at home", "--workspace", "other");
        await using var home = await ServedProgram.Start(shop.Folder, "--no-scheduler");
        await using var there = await ServedProgram.Start(away["other"], "--no-scheduler");
        var (customer, lines) = shop.Orders().First();

        var personas = await Same("/api/v1/personas");
        var segments = (await Same("/api/v1/segments")).GetProperty("segments").EnumerateArray().ToList();
        await Same("/api/v1/personas/1");
        var byOrders = await Predict(there, new { orders = lines.Select(line => line.ToRequest()) });
        var known = await Predict(there, new { customer });

        var run = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(shop.Folder, "runs", "latest", "personas.json"), TestContext.Current.CancellationToken)).RootElement.EnumerateArray().ToList();
        Assert.Equal(run.Select(persona => persona.GetProperty("story").GetString()), personas.EnumerateArray().Select(persona => persona.GetProperty("story").GetString()));
        Assert.Equal(run.Select(persona => persona.GetProperty("customers").GetInt32()), segments.Select(segment => segment.GetProperty("customers").GetInt32()));
        Assert.DoesNotContain(run.SelectMany(persona => persona.GetProperty("examples").EnumerateArray()), id => personas.GetRawText().Contains($"\"{id.GetString()}\"", StringComparison.Ordinal));
        Assert.Equal((await Predict(home, new { customer })).Body.GetProperty("value").GetRawText(), byOrders.Body.GetProperty("value").GetRawText());
        Assert.Equal(400, known.Status);

        async Task<JsonElement> Same(string path)
        {
            var answers = (Home: await home.Get(path), There: await there.Get(path));
            Assert.Equal(200, answers.Home.Status);
            Assert.Equal(answers.Home.Body.GetRawText(), answers.There.Body.GetRawText().Replace("\"other\"", "\"shop\"", StringComparison.Ordinal));
            return answers.There.Body;
        }
    }

    private static async Task<(int Status, JsonElement Body)> Predict<T>(ServedProgram served, T customer)
    {
        using var answer = await served.Http.PostAsJsonAsync(new Uri("/api/v1/predict", UriKind.Relative), customer, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }
}
