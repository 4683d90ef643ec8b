using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Clientele.Pipeline;
using Clientele.Problems;
using Clientele.Tracking;

namespace Clientele.Cli;

internal static class RunsCommand
{
    private static readonly string[] Usual = ["params.k", "metrics.silhouette", "metrics.customers"];

    public static Command Create()
    {
        var runs = new Command("runs", "Look at runs: what they were made from, what they found, how they ended. Take them up, stop and repeat them.") { List(), Show(), Compare(), RunFilesCommand.Create() };
        foreach (var command in EarlierRunCommands.All())
            runs.Subcommands.Add(command);
        return runs;
    }

    private static Command List()
    {
        var filter = new Option<RunFilter>("--filter")
        {
            Description = "Only these, as in: metrics.silhouette > 0.4 and params.k = '4' and state = 'failed'.",
            HelpName = "TEXT",
            DefaultValueFactory = _ => RunFilter.None,
            CustomParser = result => Parsed(result, RunFilter.Parse),
        };
        var order = new Option<RunField?>("--order") { Description = "The best first by a metric, or by created_at, started_at or ended_at; newest first when left out.", HelpName = "FIELD", CustomParser = result => Parsed(result, RunField.Parse) };
        var ascending = new Option<bool>("--ascending") { Description = "The least first." };
        var children = new Option<bool>("--children") { Description = "Also runs that are part of another." };
        var parent = new Option<string?>("--parent") { Description = "Only runs that are part of this one.", HelpName = "ID" };
        var show = new Option<string[]>("--show") { Description = "Columns: metrics.NAME, params.NAME, tags.NAME.", HelpName = "FIELD", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => Usual };
        var limit = new Option<int>("--limit") { Description = "Most runs at once.", HelpName = "N", DefaultValueFactory = _ => 20 };
        limit.Validators.Add(result => { if (result.GetValueOrDefault<int>() is < 1 or > 10_000) result.AddError("--limit takes a number from 1 to 10000."); });
        var page = new Option<string?>("--page") { Description = "What the page before ended with.", HelpName = "TOKEN" };
        var json = CommonOptions.Json();
        return new Command("list", "List runs, the newest first.") { filter, order, ascending, children, parent, show, limit, page, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            await store.Runs.NoticeDead(cancel);
            string[] shown = parsed.GetRequiredValue(show);
            var found = await store.Runs.Find(new()
            {
                Filter = parsed.GetRequiredValue(filter),
                Order = parsed.GetValue(order),
                Ascending = parsed.GetValue(ascending),
                Children = parsed.GetValue(children),
                Parent = parsed.GetValue(parent) is { } whole ? (await store.Runs.Get(whole, cancel)).Id : null,
                Show = [.. shown.Select(RunField.Parse)],
                Limit = parsed.GetValue(limit),
                After = parsed.GetValue(page),
            }, cancel);
            if (parsed.GetValue(json))
                Console.WriteLine(RunTables.Json(found, shown));
            else
                RunTables.Write(Console.Out, found, shown, filtered: parsed.GetRequiredValue(filter).Conditions.Count > 0);
        });
    }

    private static Command Show()
    {
        var id = new Argument<string>("ID") { Description = "The run." };
        var json = CommonOptions.Json();
        return new Command("show", "Show all that is known of a run.") { id, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            await store.Runs.NoticeDead(cancel);
            var run = await store.Runs.Details(parsed.GetRequiredValue(id), cancel);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(run, RunJson.Options));
            else
                RunTables.Write(Console.Out, run);
        });
    }

    private static Command Compare()
    {
        var ids = new Argument<string[]>("ID") { Description = "The runs.", Arity = new(2, 1_000) };
        var json = CommonOptions.Json();
        return new Command("compare", "Show where runs differ: settings, figures, data, files.") { ids, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var runs = new List<RunDetails>();
            foreach (string id in parsed.GetRequiredValue(ids))
                runs.Add(await store.Runs.Details(id, cancel));
            var comparison = RunComparison.Of(runs);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(comparison, RunJson.Options));
            else
                RunTables.Write(Console.Out, comparison);
        });
    }

    private static T Parsed<T>(ArgumentResult result, Func<string, T> parse)
    {
        try
        {
            return parse(result.Tokens[0].Value);
        }
        catch (ProblemException wrong)
        {
            result.AddError(wrong.Problem.ToString());
            return default!;
        }
    }
}
