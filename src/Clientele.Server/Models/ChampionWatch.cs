using Clientele.Problems;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Clientele.Server.Models;

/// <summary>Asks the store now and then who is the champion.</summary>
internal sealed partial class ChampionWatch(ServedModels models, ServeOptions options, TimeProvider clock, ILogger<ChampionWatch> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Watch, clock);
        Problem? told = null;
        while (await timer.WaitForNextTickAsync(stoppingToken))
            try
            {
                if (await models.Follow(stoppingToken) is { } next)
                    TookOver(next.Version.Model, next.Version.Version);
                told = null;
            }
            catch (ProblemException wrong)
            {
                if (wrong.Problem != told)
                    NotTaken(models.Current.Version.Version, wrong.Problem.Kind, wrong.Message);
                told = wrong.Problem;
            }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Model} {Version} answers from now on.")]
    private partial void TookOver(string model, long version);

    [LoggerMessage(Level = LogLevel.Error, Message = "The champion was not taken over and version {Version} goes on: {Kind}: {Problem}")]
    private partial void NotTaken(long version, string kind, string problem);
}
