using System.CommandLine;
using Clientele.Lifetime;
using Clientele.Pipeline;

namespace Clientele.Cli;

internal static class LifetimeCommand
{
    public static Command Create() => new("lifetime", "What customers will be worth.") { Fit(), Predict(), Backtest(), Explain() };

    private static Command Fit()
    {
        var folder = Workspace();
        var (seed, threads, json, quiet) = (CommonOptions.Seed(), CommonOptions.Threads(), CommonOptions.Json(), CommonOptions.Quiet());
        var model = Model("Learn this one alone, as published, in place of a contest.");
        var fit = new Command("fit", "Let models compete over the past, learn the best from all orders, and value every customer. No segments are made.") { folder, model, seed, threads, json, quiet };
        fit.SetAction(async (parsed, cancel) =>
        {
            var options = new RunOptions { Seed = parsed.GetValue(seed), Threads = parsed.GetValue(threads) };
            if (parsed.GetValue(model) is not null)
            {
                PublishedModelResult published;
                using (var progress = ProgressLines.ForConsole(parsed.GetValue(quiet)))
                    published = await PublishedModelFit.Execute(parsed.GetRequiredValue(folder), options, progress, TimeProvider.System, cancel);
                if (parsed.GetValue(json))
                    Console.WriteLine(PublishedSummary.Json(published));
                else if (!parsed.GetValue(quiet))
                    PublishedSummary.Write(Console.Out, published);
                return 0;
            }
            LifetimeFitResult result;
            using (var progress = ProgressLines.ForConsole(parsed.GetValue(quiet)))
                result = await LifetimeFit.Execute(parsed.GetRequiredValue(folder), options, progress, TimeProvider.System, cancel);
            if (parsed.GetValue(json))
                Console.WriteLine(LifetimeSummary.Json(result));
            else if (!parsed.GetValue(quiet))
                LifetimeSummary.Write(Console.Out, result);
            return 0;
        });
        return fit;
    }

    private static Command Predict()
    {
        var (folder, asOf, threads, quiet) = (Workspace(), CommonOptions.AsOf(), CommonOptions.Threads(), CommonOptions.Quiet());
        var output = new Option<string?>("--out") { Description = "Write there (.csv or .parquet) in place of standard output.", HelpName = "FILE" };
        var model = Model("Answer with this one, from rows of its features.");
        var features = new Option<string?>("--features") { Description = "Rows of the model's nine columns (.csv).", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Everybody, totals and notes as JSON, in place of CSV." };
        var predict = new Command("predict", "Value the customers of a workspace's orders as they are now, with the model of the newest fit or run.") { folder, model, features, asOf, output, threads, json, quiet };
        predict.Validators.Add(parsed =>
        {
            if ((parsed.GetValue(model) is null) != (parsed.GetValue(features) is null))
                parsed.AddError("--model and --features belong together.");
            if (parsed.GetValue(json) && (parsed.GetValue(features) is not null || parsed.GetValue(output) is not null))
                parsed.AddError("--json is for standard output, and for the workspace's own customers.");
        });
        predict.SetAction(async (parsed, cancel) =>
        {
            if (parsed.GetValue(features) is { } rows)
            {
                PublishedSummary.Write(PublishedPrediction.Of(parsed.GetRequiredValue(folder), rows), parsed.GetValue(output));
                return 0;
            }
            LifetimePrediction result;
            using (var progress = ProgressLines.ForConsole(parsed.GetValue(quiet)))
                result = parsed.GetValue(json)
                    ? await LifetimePrediction.Of(parsed.GetRequiredValue(folder), parsed.GetValue(asOf), parsed.GetValue(threads), progress, cancel)
                    : await LifetimePrediction.Write(
                        parsed.GetRequiredValue(folder), parsed.GetValue(asOf), parsed.GetValue(output), Console.OpenStandardOutput, parsed.GetValue(threads), progress, cancel);
            if (parsed.GetValue(json))
                LifetimeSummary.Json(result, Console.OpenStandardOutput());
            if (!parsed.GetValue(quiet))
                Console.Error.WriteLine(
                    $"{result.Customers.Count:N0} customers from {result.Cutoff:yyyy-MM-dd} on: {result.Customers.Sum(each => each.Mean):N2} expected in {result.Valuation.Horizon}.");
            return 0;
        });
        return predict;
    }

    private static Command Explain()
    {
        var (folder, asOf, threads, json, quiet) = (CommonOptions.Folder("The workspace."), CommonOptions.AsOf(), CommonOptions.Threads(), CommonOptions.Json(), CommonOptions.Quiet());
        var customer = new Argument<string>("CUSTOMER") { Description = "Its id, as in the orders." };
        var explain = new Command("explain", "Why one customer is worth what the model says: drivers, history, interval.") { folder, customer, asOf, threads, json, quiet };
        explain.SetAction(async (parsed, cancel) =>
        {
            LifetimeExplanation result;
            using (var progress = ProgressLines.ForConsole(parsed.GetValue(quiet)))
                result = await LifetimePrediction.Explain(
                    parsed.GetRequiredValue(folder), parsed.GetRequiredValue(customer), parsed.GetValue(asOf), parsed.GetValue(threads), progress, cancel);
            if (parsed.GetValue(json))
                Console.WriteLine(ExplanationSummary.Json(result));
            else
                ExplanationSummary.Write(Console.Out, result);
            return 0;
        });
        return explain;
    }

    private static Option<string?> Model(string description)
    {
        var model = new Option<string?>("--model") { Description = description, HelpName = PublishedModel.Name };
        model.AcceptOnlyFromAmong(PublishedModel.Name);
        return model;
    }

    private static Argument<string> Workspace() => new("DIR") { Description = "The workspace.", DefaultValueFactory = _ => "." };

    private static Command Backtest()
    {
        var folder = Workspace();
        var horizon = new Option<Horizon>("--horizon")
        {
            Description = "How far ahead: 6-months, 39-weeks, 90-days.",
            HelpName = "TIME",
            DefaultValueFactory = _ => Horizon.OfMonths(6),
            CustomParser = result =>
            {
                if (Horizon.TryParse(result.Tokens[0].Value, out var read))
                    return read;
                result.AddError($"'{result.Tokens[0].Value}' is not a horizon such as 6-months, 39-weeks or 90-days (ten years at most).");
                return default;
            },
        };
        var (threads, json, quiet) = (CommonOptions.Threads(), CommonOptions.Json(), CommonOptions.Quiet());
        var backtest = new Command("backtest", "Try the lifetime models on the past: each values customers at monthly cut-offs and is judged by what they then spent. Fifteen models at ten cut-offs of 5,000 customers take about a quarter of a minute on two cores.") { folder, horizon, threads, json, quiet };
        backtest.SetAction(async (parsed, cancel) =>
        {
            LifetimeBacktestResult result;
            using (var progress = ProgressLines.ForConsole(parsed.GetValue(quiet)))
                result = await LifetimeBacktest.Execute(parsed.GetRequiredValue(folder), parsed.GetValue(horizon), parsed.GetValue(threads), progress, cancel);
            if (parsed.GetValue(json))
                Console.WriteLine(BacktestSummary.Json(result));
            else if (!parsed.GetValue(quiet))
                BacktestSummary.Write(Console.Out, result);
            return 0;
        });
        return backtest;
    }
}
