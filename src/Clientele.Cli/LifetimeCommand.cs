using System.CommandLine;
using Clientele.Lifetime;
using Clientele.Pipeline;

namespace Clientele.Cli;

internal static class LifetimeCommand
{
    public static Command Create() => new("lifetime", "What customers will be worth.") { Backtest() };

    private static Command Backtest()
    {
        var folder = new Argument<string>("DIR") { Description = "The workspace.", DefaultValueFactory = _ => "." };
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
        var backtest = new Command("backtest", "Try the lifetime models on the past: each values customers at monthly cut-offs and is judged by what they then spent.") { folder, horizon, threads, json, quiet };
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
