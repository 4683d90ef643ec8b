using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Clientele.Mlflow;
using Clientele.Pipeline;
using Clientele.Tracking;

namespace Clientele.Cli;

internal static class ExperimentsCommand
{
    public static Command Create() => new("experiments", "Look at groups of runs, and send them to MLflow.") { List(), Show(), PushCommand.Create() };

    private static Command List()
    {
        var json = CommonOptions.Json();
        return new Command("list", "List experiments.") { json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var all = await store.Experiments.All(cancel);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(all, RunJson.Options));
            else if (all.Count == 0)
                Console.WriteLine("No experiments yet. A run makes one: clientele run");
            else
                Write(all);
        });
    }

    private static Command Show()
    {
        var name = new Argument<string>("NAME") { Description = "The experiment." };
        var json = CommonOptions.Json();
        return new Command("show", "Show an experiment and its newest runs.") { name, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            var experiment = await store.Experiments.Get(parsed.GetRequiredValue(name), cancel);
            string[] shown = ["params.k", "metrics.silhouette", "metrics.customers"];
            var filter = new RunFilter([new(RunField.Parse("experiment"), "=", experiment.Name)]);
            var runs = await store.Runs.Find(new() { Filter = filter, Show = [.. shown.Select(RunField.Parse)], Limit = 20 }, cancel);
            var sent = await MlflowExport.States(store, experiment.Name, cancel);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new { Experiment = experiment, Sent = sent, Runs = runs.Rows.Select(row => row.Run) }, RunJson.Options));
            else
            {
                Write([experiment]);
                RunTables.Write(Console.Out, runs with { Next = null }, shown, filtered: false);
                foreach (var state in sent)
                    Console.WriteLine($"{state.Sent:N0} runs are on {state.Server}{(state.Waiting > 0 ? $"; {state.Waiting:N0} wait" : "")}{(state.Problem is { } problem ? $". Not taken: {problem}" : "")}");
            }
        });
    }

    private static void Write(IReadOnlyList<Experiment> all) => Table.Write(Console.Out, ["experiment", "runs", "newest"],
        [.. all.Select(one => (string[])[one.Name, $"{one.Runs:N0}", one.LatestAt?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "–"])]);
}
