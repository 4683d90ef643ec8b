using Clientele.Problems;
using Clientele.Server.Challengers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Clientele.Server.Models;

/// <summary>Asks the store now and then who is the champion and who is to be tried, and tells what changed.</summary>
internal sealed partial class ChampionWatch(ServedModels models, ServeOptions options, TimeProvider clock, ILogger<ChampionWatch> log) : BackgroundService
{
    private Lineup told = models.Lineup;
    private Problem? refused, settings;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Watch, clock);
        TellTried("canary", Challenger.None, told.Canary);
        TellTried("shadow", Challenger.None, told.Shadow);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Problem? problem = null;
            try
            {
                await models.Follow(stoppingToken);
            }
            catch (ProblemException wrong)
            {
                problem = wrong.Problem;
            }
            Tell(models.Lineup, problem);
        }
    }

    private void Tell(Lineup now, Problem? problem)
    {
        if (now.Champion != told.Champion)
            TookOver(now.Champion.Version.Model, now.Champion.Version.Version);
        TellTried("canary", told.Canary, now.Canary);
        TellTried("shadow", told.Shadow, now.Shadow);
        if (problem is not null && problem != refused)
            NotTaken(now.Champion.Version.Version, problem.Kind, problem.ToString());
        if (models.SettingsProblem is { } wrong && wrong != settings)
            NotRead(wrong.Kind, wrong.ToString());
        (told, refused, settings) = (now, problem, models.SettingsProblem);
    }

    private void TellTried(string use, Challenger before, Challenger now)
    {
        if (now.Model is { } model && model != before.Model)
            Tried(model.Version.Model, model.Version.Version, use);
        else if (now.Problem is { } problem && problem != before.Problem)
            NotTried(now.Alias!, use, problem.Kind, problem.ToString());
        else if (now.Model is null && now.Problem is null && before.Model is { } gone)
            NoLonger(gone.Version.Model, gone.Version.Version, use);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Model} {Version} answers from now on.")]
    private partial void TookOver(string model, long version);

    [LoggerMessage(Level = LogLevel.Error, Message = "The champion was not taken over and version {Version} goes on: {Kind}: {Problem}")]
    private partial void NotTaken(long version, string kind, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Model} {Version} is tried as {Use} from now on.")]
    private partial void Tried(string model, long version, string use);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Model} {Version} is no longer tried as {Use}.")]
    private partial void NoLonger(string model, long version, string use);

    [LoggerMessage(Level = LogLevel.Error, Message = "What is called {Alias} is not tried as {Use}, the champion answers everybody: {Kind}: {Problem}")]
    private partial void NotTried(string alias, string use, string kind, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "The settings are wrong, so who is tried stays as it was: {Kind}: {Problem}")]
    private partial void NotRead(string kind, string problem);
}
