using Clientele.Alerts;
using Clientele.Pipeline;
using Clientele.Tests.Receivers;

namespace Clientele.Tests.Models;

public sealed class PromotionAlertsTests
{
    [Fact]
    public async Task A_promotion_and_a_rollback_over_HTTP_are_told_though_no_scheduler_runs()
    {
        using var receiver = new HttpReceiver();
        await using var shop = await ServedShop.Start(settings: Channel(receiver));
        long next = await shop.Register(Bundles.Segments(2));

        Assert.Equal(200, (await shop.Post($"/api/v1/models/{next}/promote", new { reason = "better", force = true })).Status);
        await ServedShop.Until(() => Task.FromResult(Told(receiver).Contains($"version {next} is the champion.", StringComparison.Ordinal)));
        Assert.Equal(200, (await shop.Post("/api/v1/models/rollback", new { reason = "returns went up" })).Status);
        await ServedShop.Until(() => Task.FromResult(Told(receiver).Contains("version 1 is the champion again", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_receiver_that_is_away_holds_no_answer_up_and_gets_it_later()
    {
        using var receiver = new HttpReceiver { Answer = 500 };
        await using var shop = await ServedShop.Start(settings: Channel(receiver));
        long next = await shop.Register(Bundles.Segments(2));

        Assert.Equal(200, (await shop.Post($"/api/v1/models/{next}/promote", new { reason = "better", force = true })).Status);

        await using var store = await WorkspaceStore.Open(shop.Folder, TimeProvider.System);
        await ServedShop.Until(async () => await store.Alerts.Outbox.Latest(1) is [{ State: AlertState.Waiting, Attempts: 1 }]);
    }

    private static string Told(HttpReceiver receiver) => string.Join('\n', receiver.Calls.Select(call => call.Body));

    private static string Channel(HttpReceiver receiver) => $"alerts:\n  - {{name: team, kind: slack, on: [promotion], url: \"{receiver.Address}\", allow_private: true}}\n";
}
