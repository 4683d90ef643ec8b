using System.CommandLine;
using System.Text.Json;
using Clientele.Pipeline;
using Clientele.Synthetic;

namespace Clientele.Cli;

internal static class DataCommand
{
    public static Command Create() => new("data", "Make data to try things on.") { Generate() };

    private static Command Generate()
    {
        var folder = CommonOptions.Folder("Where orders.csv and truth.csv are written.");
        var customers = new Option<int>("--customers") { Description = "How many.", HelpName = "N", DefaultValueFactory = _ => 3_000 };
        var seed = new Option<ulong>("--seed") { Description = "Same seed: same shop.", HelpName = "S", DefaultValueFactory = _ => 42 };
        var personas = new Option<int>("--personas") { Description = "Planted personas, 1 to 10; 1: no groups at all.", HelpName = "K", DefaultValueFactory = _ => 5 };
        var separation = new Option<string>("--separation") { Description = "How far the personas lie apart.", DefaultValueFactory = _ => "lifelike" };
        separation.AcceptOnlyFromAmong("lifelike", "clear");
        customers.Validators.Add(result => { if (result.GetValueOrDefault<int>() < 1) result.AddError("--customers takes a number from 1."); });
        personas.Validators.Add(result => { if (result.GetValueOrDefault<int>() is < 1 or > 10) result.AddError("--personas takes a number from 1 to 10."); });
        var (json, quiet) = (CommonOptions.Json(), CommonOptions.Quiet());
        var generate = new Command("generate", "Write a believable shop with planted personas.") { folder, customers, seed, separation, personas, json, quiet };
        generate.SetAction((parsed, cancel) =>
        {
            string path = parsed.GetRequiredValue(folder);
            var files = Write(path, new()
            {
                Customers = parsed.GetValue(customers),
                Seed = parsed.GetValue(seed),
                Personas = parsed.GetValue(personas),
                Separation = parsed.GetValue(separation) == "clear" ? Separation.Clear : Separation.Lifelike,
            }, parsed.GetValue(quiet), cancel);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(files, RunJson.Options));
            else if (!parsed.GetValue(quiet))
                Console.WriteLine($"{files.Orders}\n{files.Truth}");
            return Task.FromResult(0);
        });
        return generate;
    }

    internal static SyntheticShopFiles Write(string folder, SyntheticShopOptions options, bool quiet, CancellationToken cancel)
    {
        using var progress = ProgressLines.ForConsole(quiet);
        var files = SyntheticShop.Write(folder, options, new Customers(progress, options.Customers), cancel);
        progress.Report(new("generate", $"{options.Customers:N0} customers   {files.Lines:N0} order lines", Done: true));
        return files;
    }

    private sealed class Customers(IProgress<StepProgress> lines, int all) : IProgress<int>
    {
        public void Report(int value) => lines.Report(new("generate", $"{value:N0} of {all:N0} customers"));
    }
}
