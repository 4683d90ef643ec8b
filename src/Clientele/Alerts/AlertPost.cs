using Clientele.Problems;
using Clientele.Settings;
using Clientele.Storage;
using Polly;
using Polly.Retry;

namespace Clientele.Alerts;

/// <param name="Error">Null: it was taken.</param>
public sealed record AlertOutcome(string Channel, string Type, string? Error);

/// <summary>Brings alerts to their channels. What is not taken is tried again at once, then stays in the outbox for later.</summary>
/// <param name="workspace">What the paths of secrets start from.</param>
public sealed class AlertPost(Store store, string shop, string workspace, IReadOnlyList<AlertSettings> channels)
{
    private const int AtOnce = 50;

    private static readonly ResiliencePipeline Patience = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            // A receiver that says when to come back is not asked again before.
            ShouldHandle = new PredicateBuilder().Handle<DeliveryException>(failed => failed.After is null),
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(200),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();

    /// <summary>What waits, and what went.</summary>
    public AlertOutbox Outbox { get; } = new(store, shop);

    /// <summary>Finds what there is to tell and delivers what is due.</summary>
    public async Task<IReadOnlyList<AlertOutcome>> Deliver(CancellationToken cancel = default)
    {
        await Outbox.Collect(channels, cancel);
        var outcomes = new List<AlertOutcome>();
        while (await Outbox.Take(AtOnce, cancel) is { Count: > 0 } due)
            foreach (var delivery in due)
            {
                string? error = "The settings have no such channel any more.";
                TimeSpan? after = null;
                if (channels.FirstOrDefault(channel => channel.Name == delivery.Channel) is { } channel)
                    (error, after) = await Try(channel, delivery.Alert, cancel);
                if (error is null)
                    await Outbox.Sent(delivery, cancel);
                else
                    await Outbox.PutOff(delivery, error, after, cancel);
                outcomes.Add(new(delivery.Channel, delivery.Alert.Type, error));
            }
        return outcomes;
    }

    /// <summary>Sends a channel an alert that tells of nothing, past the outbox.</summary>
    public async Task<AlertOutcome> Test(AlertSettings channel, CancellationToken cancel = default)
    {
        var now = store.Clock.GetUtcNow();
        var alert = new Alert(Alert.IdOf(shop, $"test of {channel.Name}", now), AlertTypes.Test, now, $"{shop}: this is a test of the channel '{channel.Name}'. It works.", new Dictionary<string, string> { ["shop"] = shop });
        return new(channel.Name, alert.Type, (await Try(channel, alert, cancel)).Error);
    }

    private async Task<(string? Error, TimeSpan? After)> Try(AlertSettings channel, Alert alert, CancellationToken cancel)
    {
        try
        {
            await Patience.ExecuteAsync(async token => await AlertChannels.Of(channel, workspace, store.Clock).Send(alert, token), cancel);
            return (null, null);
        }
        catch (DeliveryException failed)
        {
            return (failed.Message, failed.After);
        }
        catch (ProblemException wrong)
        {
            return (wrong.Problem.ToString(), null);
        }
    }
}
