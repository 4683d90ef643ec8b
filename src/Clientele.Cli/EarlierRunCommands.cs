using System.CommandLine;
using System.Text.Json;
using Clientele.Pipeline;

namespace Clientele.Cli;

/// <summary>Commands of <c>runs</c> that take up, stop, repeat or tell of a run.</summary>
internal static class EarlierRunCommands
{
    public static IReadOnlyList<Command> All() => [Resume(), Retry(), Cancel(), Logs(), Reproduce(), Delete()];

    private static Command Resume()
    {
        var (id, workspace, json, quiet) = (Id(), StoreOptions.Workspace(), CommonOptions.Json(), CommonOptions.Quiet());
        var resume = new Command("resume", "Take a run up that crashed, failed or was cancelled, with the settings it began with.") { id, workspace, json, quiet };
        resume.SetAction((parsed, cancel) => Again(parsed.GetRequiredValue(workspace), parsed.GetRequiredValue(id), from: null, parsed.GetValue(json), parsed.GetValue(quiet), cancel));
        return resume;
    }

    private static Command Retry()
    {
        var (id, workspace, json, quiet) = (Id(), StoreOptions.Workspace(), CommonOptions.Json(), CommonOptions.Quiet());
        var from = new Option<string>("--from") { Description = "The first step to do again.", HelpName = "STEP", Required = true };
        from.AcceptOnlyFromAmong([.. RunPlan.StepNames]);
        var retry = new Command("retry", "Do a step of a run and all after it again, with the settings it began with.") { id, workspace, from, json, quiet };
        retry.SetAction((parsed, cancel) => Again(parsed.GetRequiredValue(workspace), parsed.GetRequiredValue(id), parsed.GetRequiredValue(from), parsed.GetValue(json), parsed.GetValue(quiet), cancel));
        return retry;
    }

    private static Command Cancel()
    {
        var (id, json) = (Id(), CommonOptions.Json());
        return new Command("cancel", "Ask a run that is at work to stop, wherever it is; one that waits is cancelled at once. What is finished stays.") { id, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            string run = parsed.GetRequiredValue(id);
            bool over = await store.Runs.Cancel(run, $"Cancelled by {Environment.UserName}.", cancel);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(new { run, Cancelled = over }, RunJson.Options) : over ? $"{run} is cancelled." : $"{run} was asked to stop; it does within a few seconds.");
        });
    }

    private static Command Logs()
    {
        var (id, json) = (Id(), CommonOptions.Json());
        return new Command("logs", "Show what a run did and when.") { id, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            await store.Runs.NoticeDead(cancel);
            var lines = await store.Runs.Log(parsed.GetRequiredValue(id), cancel: cancel);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(lines, RunJson.Options));
            else
                foreach (var line in lines)
                    Console.WriteLine($"{line.At:yyyy-MM-dd HH:mm:ss.fff}  {line.Step,-17}{line.Text}");
        });
    }

    private static Command Reproduce()
    {
        var (id, workspace, threads, json, quiet) = (Id(), StoreOptions.Workspace(), CommonOptions.Threads(), CommonOptions.Json(), CommonOptions.Quiet());
        var reproduce = new Command("reproduce", "Execute a past run again from its recorded inputs and settings, and compare every file. Exit code 1: something differs.") { id, workspace, threads, json, quiet };
        reproduce.SetAction(async (parsed, cancel) =>
        {
            Reproduction made;
            using (var progress = ProgressLines.ForConsole(parsed.GetValue(quiet)))
                made = await Reproduction.Execute(parsed.GetRequiredValue(workspace), parsed.GetRequiredValue(id), parsed.GetValue(threads), progress, TimeProvider.System, cancel);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(made, RunJson.Options));
            else
                Console.WriteLine(made.Differences.Count == 0 ? $"All {made.Files} files are the same." : $"Of {made.Files} files these differ: {string.Join(", ", made.Differences)}");
            return made.Differences.Count == 0 ? 0 : 1;
        });
        return reproduce;
    }

    private static Command Delete()
    {
        var ids = new Argument<string[]>("ID") { Description = "The runs.", Arity = ArgumentArity.OneOrMore };
        var dry = new Option<bool>("--dry-run") { Description = "Only say what would go." };
        var (json, workspace) = (CommonOptions.Json(), StoreOptions.Workspace());
        return new Command("delete", "Delete runs that are over, with their files. One whose model may be used, or was champion once, stays.") { ids, dry, json }.Does(workspace, async (parsed, store, cancel) =>
        {
            var gone = await EarlierRuns.Delete(store, parsed.GetRequiredValue(workspace), parsed.GetRequiredValue(ids), parsed.GetValue(dry), cancel);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(gone, RunJson.Options));
            else
                Console.WriteLine($"{(parsed.GetValue(dry) ? "Would delete" : "Deleted")} {string.Join(", ", gone.Runs)}.");
        });
    }

    private static async Task<int> Again(string workspace, string id, string? from, bool json, bool quiet, CancellationToken cancel)
    {
        RunResult result;
        using (var progress = ProgressLines.ForConsole(quiet))
            result = await EarlierRuns.Resume(workspace, id, from, progress, TimeProvider.System, cancel);
        if (json)
            Console.WriteLine(RunSummary.Json(result));
        else if (!quiet)
            RunSummary.Write(Console.Out, result);
        return 0;
    }

    private static Argument<string> Id() => new("ID") { Description = "The run." };
}
