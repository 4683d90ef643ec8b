using Clientele.Problems;
using Clientele.Server.Challengers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Clientele.Server.Models;

/// <summary>Asks the store now and then who is the champion, and the settings what counts now, and tells what changed.</summary>
internal sealed partial class ChampionWatch(ServedModels models, ServeOptions options, TimeProvider clock, ILogger<ChampionWatch> log) : BackgroundService
{
    private Lineup told = models.Lineup;
    private Problem? refused, settings;
    private IReadOnlyList<string> waiting = [];

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
        if (models.SettingsWaiting is [_, ..] later && later != waiting)
            NotYet(string.Join(", ", later));
        (told, refused, settings, waiting) = (now, problem, models.SettingsProblem, models.SettingsWaiting);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The settings are wrong, so all stays as it was: {Kind}: {Problem}")]
    private partial void NotRead(string kind, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Settings that were changed and count only when the service starts again: {Names}")]
    private partial void NotYet(string names);
}
