using System.CommandLine;

namespace Clientele.Cli;

internal static class DemoCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Where the demo shop is made.", DefaultValueFactory = _ => "demo-shop" };
        var (seed, json, quiet) = (CommonOptions.Seed(), CommonOptions.Json(), CommonOptions.Quiet());
        var demo = new Command("demo", "Make a shop, run everything on it, and show what comes out.") { folder, seed, json, quiet };
        demo.SetAction(async (parsed, cancel) =>
        {
            string path = parsed.GetRequiredValue(folder);
            bool silent = parsed.GetValue(quiet);
            DataCommand.Write(path, new() { Customers = 3_000, Seed = parsed.GetValue(seed) ?? 42 }, silent, cancel);
            await InitCommand.Write(path, "orders", [Path.Combine(path, "orders.csv")], name: "Demo shop", overwrite: true, cancel);
            int code = await RunCommand.Execute(path, new() { Seed = parsed.GetValue(seed) }, parsed.GetValue(json), silent, cancel);
            if (!silent && !parsed.GetValue(json))
                Console.WriteLine($"Next: look at {Path.Combine(path, "clientele.yaml")}, or bring your own orders: clientele init my-shop --source orders.csv");
            return code;
        });
        return demo;
    }
}
