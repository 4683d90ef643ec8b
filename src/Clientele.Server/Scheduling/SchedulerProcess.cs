using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Clientele.Problems;
using Clientele.Schedules;
using Clientele.Server.Models;
using Clientele.Server.Operations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Clientele.Server.Scheduling;

/// <summary>
/// Keeps the workspace's scheduler at work beside the service, in a process of its own that yields the processors to it: a run that is due takes neither its time nor its memory, and whatever becomes of the
/// scheduler, the service goes on and starts it again. There is none until there is a schedule, or somebody to be told what happened.
/// </summary>
internal sealed partial class SchedulerProcess(ServeOptions options, ServedModels models, Leaving leaving, SchedulerFigures figures, TimeProvider clock, ILogger<SchedulerProcess> log) : BackgroundService
{
    private const string Nice = "/usr/bin/nice", Idle = "/usr/bin/chrt";
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromMinutes(1), Patience = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, leaving.Told);
        var stop = either.Token;
        var pause = FirstPause;
        try
        {
            while (!await IsNeeded(stop))
                await Task.Delay(SchedulerOptions.Default.Look, clock, stop);
            while (!stop.IsCancellationRequested)
            {
                long begun = clock.GetTimestamp();
                string end = await Run(options.Scheduler, stop);
                if (stop.IsCancellationRequested)
                    return;
                figures.Fail();
                Ended(end);
                pause = clock.GetElapsedTime(begun) > LongestPause ? FirstPause : pause;
                await Task.Delay(pause, clock, stop);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped while it waited.
        }
    }

    private async Task<bool> IsNeeded(CancellationToken stop)
    {
        try
        {
            return models.Store.AlertChannels.Count > 0 || (await models.Store.Schedules.All(stop)).Count > 0;
        }
        catch (ProblemException)
        {
            return false;       // the store is away for the moment
        }
    }

    // Why it ended. It is told to stop by the end of its input, which comes too when this process dies.
    private async Task<string> Run(IReadOnlyList<string> program, CancellationToken stop)
    {
        string[] words = [.. Yielding(models.Settings.SchedulerNice), .. program];
        try
        {
            using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
            figures.IsUp = true;
            var (told, said) = (Tell(process.StandardOutput), Last(process.StandardError));
            await using (stop.Register(process.StandardInput.Close))
                await process.WaitForExitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!process.HasExited)
                await End(process);
            await told;
            return await said is { Length: > 0 } last ? last : $"exit code {process.ExitCode}";
        }
        catch (Win32Exception missing)
        {
            return missing.Message;
        }
        finally
        {
            figures.IsUp = false;
        }
    }

    // Words that start a program so. Where the machine has none, it does not yield.
    private static string[] Yielding(int? nice) => nice switch
    {
        null when File.Exists(Idle) => [Idle, "--idle", "0"],
        _ when File.Exists(Nice) => [Nice, "-n", (nice ?? 19).ToString(CultureInfo.InvariantCulture)],
        _ => [],
    };

    private static async Task End(Process process)
    {
        using var late = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(late.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
    }

    private async Task Tell(StreamReader lines)
    {
        while (await lines.ReadLineAsync() is { } line)
            try
            {
                using var news = JsonDocument.Parse(line);
                string what = Text("what") ?? "", schedule = Text("schedule") ?? "";
                string? run = Text("run"), words = Text("words");
                figures.Note(what, schedule, clock.GetUtcNow());
                News(what, schedule, run, words);

                string? Text(string name) => news.RootElement.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
            }
            catch (JsonException)
            {
                Said(line);
            }
    }

    private static async Task<string> Last(StreamReader lines)
    {
        string last = "";
        while (await lines.ReadLineAsync() is { } line)
            last = line;
        return last;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Scheduler: {What} {Schedule} {Run} {Words}")]
    private partial void News(string what, string schedule, string? run, string? words);

    [LoggerMessage(Level = LogLevel.Information, Message = "Scheduler: {Line}")]
    private partial void Said(string line);

    [LoggerMessage(Level = LogLevel.Error, Message = "The scheduler ended and is started again; requests are answered all the same: {Reason}")]
    private partial void Ended(string reason);
}
