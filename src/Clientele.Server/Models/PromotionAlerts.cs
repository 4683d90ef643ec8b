using Clientele.Problems;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Clientele.Server.Models;

/// <summary>Tells the workspace's channels of another champion when a request made it so, as the command does; beside the answer, which waits for no receiver. What is not taken waits in the outbox.</summary>
internal sealed partial class PromotionAlerts(ServedModels models, ILogger<PromotionAlerts> log) : BackgroundService
{
    private readonly SemaphoreSlim news = new(0);

    /// <summary>There is something to tell.</summary>
    public void Tell()
    {
        if (models.Store.AlertChannels.Count > 0)
            news.Release();
    }

    public override void Dispose()
    {
        news.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await news.WaitAsync(stoppingToken);
            try
            {
                foreach (var outcome in await models.Store.Alerts.Deliver(stoppingToken))
                    if (outcome.Error is { } error)
                        NotTaken(outcome.Channel, error);
            }
            catch (ProblemException away)
            {
                NotTold(away.Problem.ToString());
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The channel {Channel} did not take an alert; it waits. {Error}")]
    private partial void NotTaken(string channel, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody could be told of the champion: {Problem}")]
    private partial void NotTold(string problem);
}
