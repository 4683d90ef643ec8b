using System.CommandLine;
using Clientele.Pipeline;

namespace Clientele.Cli;

internal static class RunCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "The workspace.", DefaultValueFactory = _ => "." };
        var (seed, threads, json, quiet) = (CommonOptions.Seed(), CommonOptions.Threads(), CommonOptions.Json(), CommonOptions.Quiet());
        var mode = new Option<RunMode>("--mode") { Description = "train: fit anew. score: assign with the champion, and fit nothing. auto: score, then train if customers have drifted.", HelpName = "train|score|auto", DefaultValueFactory = _ => RunMode.Train };
        var fresh = new Option<bool>("--fresh") { Description = "Do every step, also those whose result is known." };
        var dry = new Option<bool>("--dry-run") { Description = "Show which steps would be done, and why, and do nothing." };
        var run = new Command("run", "Read, clean, segment and describe the customers of a workspace, end to end. Steps whose result is known are not done again.") { folder, mode, seed, threads, fresh, dry, json, quiet };
        run.SetAction(async (parsed, cancel) =>
        {
            string path = parsed.GetRequiredValue(folder);
            var options = new RunOptions { Mode = parsed.GetValue(mode), Seed = parsed.GetValue(seed), Threads = parsed.GetValue(threads), FreshFrom = parsed.GetValue(fresh) ? RunOptions.FirstStep : null };
            if (!parsed.GetValue(dry))
                return await Execute(path, options, parsed.GetValue(json), parsed.GetValue(quiet), cancel);
            RunPlanText.Write(Console.Out, await RunPlan.Make(path, options, cancel), parsed.GetValue(json));
            return 0;
        });
        return run;
    }

    internal static async Task<int> Execute(string folder, RunOptions options, bool json, bool quiet, CancellationToken cancel)
    {
        ScoreResult? scored = null;
        RunResult? trained = null;
        try
        {
            using var progress = ProgressLines.ForConsole(quiet);
            switch (options.Mode)
            {
                case RunMode.Train:
                    trained = await PipelineRun.Train(folder, options, progress, TimeProvider.System, cancel);
                    break;
                case RunMode.Score:
                    scored = await PipelineRun.Score(folder, options, progress, TimeProvider.System, cancel);
                    break;
                default:
                    (scored, trained) = await PipelineRun.Auto(folder, options, progress, TimeProvider.System, cancel);
                    break;
            }
        }
        finally
        {
            await AlertsCommand.TellOf(folder, CancellationToken.None);
        }
        if (json)
            Console.WriteLine(options.Mode == RunMode.Auto ? RunSummary.Json(scored, trained) : scored is not null ? RunSummary.Json(scored) : RunSummary.Json(trained!));
        if (json || quiet)
            return 0;
        if (scored is not null)
            RunSummary.Write(Console.Out, scored);
        if (trained is not null)
            RunSummary.Write(Console.Out, trained);
        return 0;
    }
}
