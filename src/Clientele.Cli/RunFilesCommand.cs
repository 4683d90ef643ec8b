using System.CommandLine;
using System.Text.Json;
using Clientele.Pipeline;

namespace Clientele.Cli;

internal static class RunFilesCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "The run." };
        var target = new Option<string>("--out") { Description = "A new folder.", HelpName = "DIR", Required = true };
        var json = CommonOptions.Json();
        return new Command("files", "Copy a run's files to a folder, wherever they are kept; every file is checked.") { id, target, json }.Does(StoreOptions.Workspace(), async (parsed, store, cancel) =>
        {
            string to = Path.GetFullPath(parsed.GetRequiredValue(target));
            int files = await RunArtifactFiles.Fetch(store, parsed.GetRequiredValue(id), to, cancel);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(new { Files = files, Path = to }, RunJson.Options) : $"{files} files are in {to}");
        });
    }
}
