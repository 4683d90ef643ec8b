using Clientele.Engines;

namespace Clientele.Tests.Engines;

/// <summary>What a query may take, and how it is stopped.</summary>
public sealed class EngineLimitsTests(EmbeddedFixture embedded)
{
    private readonly EngineClient engine = embedded.Engine;

    [Fact]
    public async Task A_query_over_its_memory_limit_fails_and_the_next_works()
    {
        var failure = await Assert.ThrowsAsync<EngineException>(() =>
            engine.Execute(Sql.Text("SELECT length(groupArray(number)) FROM numbers(50000000) SETTINGS max_memory_usage = 50000000")));
        Assert.Equal(241, failure.Code);
        Assert.Contains("memory limit", failure.EngineMessage, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, await One("SELECT toInt64(1)"));
    }

    [Fact]
    public async Task All_queries_together_stay_below_the_limit_of_the_process()
    {
        await using var small = await EngineClient.StartEmbedded(new() { MemoryLimitBytes = 60_000_000, Threads = 1 });
        var failure = await Assert.ThrowsAsync<EngineException>(() => small.Execute(Sql.Text("SELECT length(groupArray(number)) FROM numbers(50000000)")));
        Assert.Equal(241, failure.Code);
        Assert.Equal(1_000_000, await small.Query(Sql.Text("SELECT count() FROM numbers(1000000)"), r => r.ReadInt64()).SingleAsync());
        Assert.Equal("1", await small.Query(Sql.Text("SELECT toString(getSetting('max_threads'))"), r => r.ReadString()).SingleAsync());
    }

    [Fact]
    public async Task A_query_over_its_time_fails_and_the_next_works()
    {
        var failure = await Assert.ThrowsAsync<EngineException>(() => engine.Execute(Sql.Text(Endless("late") + " SETTINGS max_execution_time = 1")));
        Assert.Equal(159, failure.Code);
        Assert.Equal(1, await One("SELECT toInt64(1)"));
    }

    [Fact]
    public async Task A_query_that_nobody_waits_for_is_stopped()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.Execute(Sql.Text(Endless("unwanted")), cancel: patience.Token));
        await IsStopped("unwanted");
    }

    [Fact]
    public async Task Leaving_the_rows_half_way_stops_their_query()
    {
        await foreach (ulong row in engine.Query(Sql.Text("SELECT number FROM numbers(1000000000000) WHERE NOT ignore('half way')"), r => r.ReadUInt64()))
        {
            if (row == 1_000_000)
                break;
        }
        await IsStopped("half way");
    }

    private static string Endless(string mark) => $"SELECT count() FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number), '{mark}')";

    // Waits; a query that goes on for ever makes the test hang and be noticed.
    private async Task IsStopped(string mark)
    {
        while (await One($"SELECT toInt64(count()) FROM system.processes WHERE position(query, '{mark}') > 0 AND position(query, 'system.processes') = 0") > 0)
            await Task.Delay(10);
    }

    private async Task<long> One(string sql) => await engine.Query(Sql.Text(sql), r => r.ReadInt64()).SingleAsync();
}
