using System.CommandLine;
using System.Text.Json;
using Clientele.Pipeline;
using Clientele.Settings;

namespace Clientele.Cli;

internal static class InitCommand
{
    public static Command Create()
    {
        var folder = CommonOptions.Folder("Where the workspace is made.");
        var preset = new Option<string>("--preset")
        {
            Description = $"What to start from. {string.Join(" ", Preset.All.Select(each => $"{each.Name}: {each.Summary}"))}",
            DefaultValueFactory = _ => "orders",
        };
        preset.AcceptOnlyFromAmong([.. Preset.All.Select(each => each.Name)]);
        var sources = new Option<string[]>("--source") { Description = "Files, globs or folders with order lines: CSV, TSV, .gz, Parquet, .xlsx.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true };
        var name = new Option<string?>("--name") { Description = "What the shop is called in reports.", HelpName = "NAME" };
        var force = new Option<bool>("--force") { Description = "Replace a clientele.yaml that is there." };
        var json = CommonOptions.Json();
        var init = new Command("init", "Write a commented clientele.yaml for your orders.") { folder, preset, sources, name, force, json };
        init.SetAction(async (parsed, cancel) =>
        {
            var made = await Write(parsed.GetRequiredValue(folder), parsed.GetRequiredValue(preset), parsed.GetRequiredValue(sources), parsed.GetValue(name), parsed.GetValue(force), cancel);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(made, RunJson.Options) : made.Path);
            if (made.Unmapped.Count > 0)
                Console.Error.WriteLine($"No column was found for {string.Join(", ", made.Unmapped)}. Fill in 'columns' in {made.Path}; the source has: {string.Join(", ", made.Headers)}.");
            else if (!made.DateOrderIsSure)
                Console.Error.WriteLine($"No date told day and month apart; day first was assumed. If that is wrong, set 'date_order' in {made.Path}.");
            else
                Console.Error.WriteLine($"Next: clientele run {parsed.GetValue(folder)}");
            return 0;
        });
        return init;
    }

    internal static Task<NewWorkspace> Write(string folder, string preset, IReadOnlyList<string> sources, string? name, bool overwrite, CancellationToken cancel) =>
        NewWorkspace.Create(folder, Preset.All.Single(each => each.Name == preset), sources, name, overwrite, cancel);
}
