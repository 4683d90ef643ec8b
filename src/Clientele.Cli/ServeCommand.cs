using System.CommandLine;
using System.Text.Json;
using Clientele.Pipeline;
using Clientele.Server;

namespace Clientele.Cli;

internal static class ServeCommand
{
    private const string Name = "serve";

    // Whoever started it reads a line, not a document.
    private static readonly JsonSerializerOptions OneLine = new(RunJson.Options) { WriteIndented = false };

    /// <summary>What takes longer to stop than this is cut off.</summary>
    public static TimeSpan LongestStop { get; } = TimeSpan.FromSeconds(340);

    public static bool IsAsked(ParseResult parsed) => parsed.CommandResult.Command.Name == Name;

    public static Command Create()
    {
        var folder = CommonOptions.Folder("The workspace whose champion answers.");
        var urls = new Option<string>("--urls") { Description = "Where to listen.", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:8080" };
        var alone = new Option<bool>("--no-scheduler") { Description = "Leave the workspace's schedules to others: clientele schedule serve." };
        var quiet = CommonOptions.Quiet();
        var json = new Option<bool>("--json") { Description = "Print where it answers, and with which model, as one line of JSON when it is ready." };
        var serve = new Command(Name, "Answer over HTTP with the champion, and execute what schedules make due, until stopped.") { folder, urls, alone, json, quiet };
        serve.SetAction(async (parsed, cancel) =>
        {
            string workspace = parsed.GetRequiredValue(folder);
            var options = new ServeOptions(workspace) { Urls = parsed.GetRequiredValue(urls), Scheduler = parsed.GetValue(alone) ? [] : [.. ThisProgram(), .. ScheduleCommand.ServeBeside(workspace)] };
            await using var service = await Service.Start(options, TimeProvider.System, cancel);
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(new { Urls = service.Addresses, service.Model.Model, ModelVersion = service.Model.Version, service.Model.Digest }, OneLine));
            if (!parsed.GetValue(quiet))
                Console.Error.WriteLine($"{service.Model.Model} {service.Model.Version} answers at {string.Join(" and ", service.Addresses)}. Stop with Ctrl+C.");
            await service.Run(cancel);
            return 0;
        });
        return serve;
    }

    // Started by the runtime's host, it is the host's first argument.
    private static string[] ThisProgram() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.ProcessPath!, typeof(ServeCommand).Assembly.Location] : [Environment.ProcessPath!];
}
