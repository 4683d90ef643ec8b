using System.CommandLine;
using Clientele.Pipeline;

namespace Clientele.Cli;

internal static class RunCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "The workspace.", DefaultValueFactory = _ => "." };
        var (seed, threads, json, quiet) = (CommonOptions.Seed(), CommonOptions.Threads(), CommonOptions.Json(), CommonOptions.Quiet());
        var run = new Command("run", "Read, clean, segment and describe the customers of a workspace, end to end.") { folder, seed, threads, json, quiet };
        run.SetAction((parsed, cancel) =>
            Execute(parsed.GetRequiredValue(folder), new() { Seed = parsed.GetValue(seed), Threads = parsed.GetValue(threads) }, parsed.GetValue(json), parsed.GetValue(quiet), cancel));
        return run;
    }

    internal static async Task<int> Execute(string folder, RunOptions options, bool json, bool quiet, CancellationToken cancel)
    {
        RunResult result;
        using (var progress = ProgressLines.ForConsole(quiet))
            result = await TrainingRun.Execute(folder, options, progress, TimeProvider.System, cancel);
        if (json)
            Console.WriteLine(RunSummary.Json(result));
        else if (!quiet)
            RunSummary.Write(Console.Out, result);
        return 0;
    }
}
