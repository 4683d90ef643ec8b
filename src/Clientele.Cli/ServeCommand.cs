using System.CommandLine;
using Clientele.Server;

namespace Clientele.Cli;

internal static class ServeCommand
{
    private const string Name = "serve";

    /// <summary>What takes longer to stop than this is cut off.</summary>
    public static TimeSpan LongestStop { get; } = TimeSpan.FromSeconds(40);

    public static bool IsAsked(ParseResult parsed) => parsed.CommandResult.Command.Name == Name;

    public static Command Create()
    {
        var folder = CommonOptions.Folder("The workspace whose champion answers.");
        var urls = new Option<string>("--urls") { Description = "Where to listen.", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:8080" };
        var quiet = CommonOptions.Quiet();
        var serve = new Command(Name, "Answer over HTTP with the champion, until stopped.") { folder, urls, quiet };
        serve.SetAction(async (parsed, cancel) =>
        {
            await using var service = await Service.Start(new(parsed.GetRequiredValue(folder)) { Urls = parsed.GetRequiredValue(urls) }, TimeProvider.System, cancel);
            if (!parsed.GetValue(quiet))
                Console.Error.WriteLine($"{service.Model} answers at {string.Join(" and ", service.Addresses)}. Stop with Ctrl+C.");
            await service.Run(cancel);
            return 0;
        });
        return serve;
    }
}
