using Clientele.Problems;
using Clientele.Server.Models;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Clientele.Server.Access;

/// <summary>Asks the store now and then which keys there are, so that a revoked one is refused soon, and the settings how much callers have. While the store cannot be asked, those that were known stay.</summary>
internal sealed partial class KeyWatch(Callers callers, ServedModels models, ServeOptions options, TimeProvider clock, ILogger<KeyWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Watch, clock);
        bool told = false;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            callers.Follow(models.Settings);
            try
            {
                callers.Know(await models.Store.Keys.Ring(stoppingToken));
                told = false;
            }
            catch (ProblemException wrong)
            {
                if (!told)
                    NotAsked(wrong.Problem.Kind, wrong.Message);
                told = true;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The keys could not be looked up, those that were known stay: {Kind}: {Problem}")]
    private partial void NotAsked(string kind, string problem);
}
