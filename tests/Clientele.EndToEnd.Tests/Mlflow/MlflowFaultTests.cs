using Clientele.Problems;
using Clientele.Tests.TestServers.Mlflow;

namespace Clientele.Tests.Mlflow;

/// <summary>Whatever happens on the way, in the end everything is there, and nothing twice.</summary>
public sealed class MlflowFaultTests
{
    public static TheoryData<string, MlflowFault> All => new(
        from version in (string[])["2.22.0", "3.4.0"]
        from fault in Enum.GetValues<MlflowFault>()
        where fault != MlflowFault.None
        select (version, fault));

    [Theory, MemberData(nameof(All))]
    public async Task A_request_that_goes_wrong_is_made_good_at_once(string version, MlflowFault fault)
    {
        await using var shop = await TrackedShop.Create();
        var (wanted, requests) = await Undisturbed(shop, version);
        var patience = fault == MlflowFault.Late ? TrackedShop.Patient with { Slow = TimeSpan.FromMilliseconds(400) } : TrackedShop.Patient;
        for (int wrong = 1; wrong <= requests; wrong++)
        {
            await using var copy = await shop.Copy();
            await using var server = await MlflowServer.Start(version);
            server.Faults = number => number == wrong ? fault : MlflowFault.None;

            await copy.Push(server, patience);

            Assert.True(wanted == server.Told(), $"{fault} at request {wrong} of {requests}:\n{server.Told()}\ninstead of\n{wanted}");
        }
    }

    [Theory, InlineData("2.22.0", MlflowFault.Cut), InlineData("2.22.0", MlflowFault.CutAfter), InlineData("3.4.0", MlflowFault.Fail), InlineData("3.4.0", MlflowFault.CutAfter)]
    public async Task A_server_that_goes_away_gets_the_rest_when_it_is_back(string version, MlflowFault fault)
    {
        await using var shop = await TrackedShop.Create();
        var (wanted, requests) = await Undisturbed(shop, version);
        for (int last = 1; last <= requests; last++)
        {
            await using var copy = await shop.Copy();
            await using var server = await MlflowServer.Start(version);
            server.Faults = number => number >= last ? fault : MlflowFault.None;
            Assert.Contains((await Assert.ThrowsAsync<ProblemException>(() => copy.Push(server, TrackedShop.Hasty))).Problem.Kind, (string[])["mlflow/unreachable", "mlflow/failed"]);
            server.Faults = _ => MlflowFault.None;

            await copy.Push(server);

            Assert.True(wanted == server.Told(), $"Away from request {last} of {requests} on:\n{server.Told()}\ninstead of\n{wanted}");
        }
    }

    [Fact]
    public async Task A_long_series_that_breaks_off_anywhere_is_whole_in_the_end()
    {
        await using var shop = await TrackedShop.Create(points: 3_500);
        var (wanted, requests) = await Undisturbed(shop, "2.22.0");
        for (int wrong = 5; wrong < 12; wrong++)
        {
            await using var copy = await shop.Copy();
            await using var server = await MlflowServer.Start();
            server.Faults = number => number >= wrong && number < wrong + 2 ? MlflowFault.CutAfter : MlflowFault.None;

            await copy.Push(server);

            Assert.Equal(wanted, server.Told());
        }
        Assert.True(requests > 12);
    }

    private static async Task<(string Told, int Requests)> Undisturbed(TrackedShop shop, string version)
    {
        await using var copy = await shop.Copy();
        await using var server = await MlflowServer.Start(version);
        await copy.Push(server);
        return (server.Told(), server.Exchanges.Count);
    }
}
