using Clientele.Engines;
using Clientele.Pipeline;
using Clientele.Tests.TestServers;
using Clientele.Tracking;

namespace Clientele.Tests.Cli;

public sealed class ServerEngineTests(ClickHouse1816 server)
{
    [Fact]
    public async Task A_run_on_an_old_server_gives_the_bytes_of_the_embedded_engine_and_leaves_the_server_as_it_was()
    {
        var cancel = TestContext.Current.CancellationToken;
        var client = await server.Client();
        await client.Execute(Sql.Text("CREATE DATABASE mine"), cancel: cancel);
        await client.Execute(Sql.Text("CREATE TABLE mine.orders (id UInt8) ENGINE = Memory"), cancel: cancel);
        using var folder = new TempFolder();
        await CliProcess.Succeed(folder.Path, "data", "generate", ".", "--customers", "400", "--seed", "9", "--quiet");
        foreach (string shop in (string[])["here", "there"])
            await CliProcess.Succeed(folder.Path, "init", shop, "--source", "orders.csv", "--name", "Shop");
        string yaml = folder["there", "clientele.yaml"];
        File.WriteAllText(yaml, File.ReadAllText(yaml).Replace("engine: embedded", $"engine: {server.Address}mine", StringComparison.Ordinal));

        await CliProcess.Succeed(folder.Path, "run", "here", "--quiet");
        await CliProcess.Succeed(folder.Path, "run", "there", "--quiet");

        foreach (string file in (string[])["segments.csv", "segments.parquet", "personas.json", "recommendations.csv", "ledger.json", "model/model.json"])
            Assert.Equal(File.ReadAllBytes(folder["here", "runs", "latest", file]), File.ReadAllBytes(folder["there", "runs", "latest", file]));
        Assert.Equal(["mine.orders"], await client.Query(
            Sql.Text("SELECT concat(database, '.', name) FROM system.tables WHERE database = 'mine' OR startsWith(database, 'clientele_')"),
            row => row.ReadString(), cancel: cancel).ToListAsync(cancel));
        await client.Execute(Sql.Text("DROP DATABASE mine"), cancel: cancel);
    }

    [Fact]
    public async Task What_killed_runs_left_on_a_server_goes_with_the_next_one_and_nothing_else_does()
    {
        var cancel = TestContext.Current.CancellationToken;
        var client = await server.Client();
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), week = (long)WorkDatabase.Longest.TotalSeconds;
        var (dead, alive, elsewhere) = (Holder.Current with { Start = Holder.Current.Start + 1 }, Holder.Current, Holder.Current with { World = "elsewhere" });
        string[] left = [$"{WorkDatabase.Of(dead, now)}", $"{WorkDatabase.Of(elsewhere, now - 2 * week)}"];
        string[] stay = [$"{WorkDatabase.Of(alive, now - 2 * week)}", $"{WorkDatabase.Of(elsewhere, now)}", "clientele_of_mine_1_2_x"];
        foreach (string name in (string[])[.. left, .. stay])
            await client.Execute(Sql.Text($"CREATE DATABASE {new Identifier(name)}"), cancel: cancel);

        await using (await EnginePair.Open(new() { Sources = [], Columns = new() { Customer = "c", OrderedAt = "d" }, Engine = $"{server.Address}default" }, threads: 1, cancel))
        {
        }

        var there = await client.Query(Sql.Text("SELECT name FROM system.databases"), row => row.ReadString(), cancel: cancel).ToListAsync(cancel);
        Assert.All(left, name => Assert.DoesNotContain(name, there));
        Assert.All(stay, name => Assert.Contains(name, there));
        foreach (string name in stay)
            await client.Execute(Sql.Text($"DROP DATABASE {new Identifier(name)}"), cancel: cancel);
    }
}
