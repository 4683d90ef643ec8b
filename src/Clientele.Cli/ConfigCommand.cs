using System.CommandLine;
using System.Text.Json;
using Clientele.Pipeline;
using Clientele.Settings;

namespace Clientele.Cli;

internal static class ConfigCommand
{
    public static Command Create() => new("config", "Look at a workspace's settings.") { Check() };

    private static Command Check()
    {
        var folder = CommonOptions.Folder("The workspace.");
        var json = CommonOptions.Json();
        var check = new Command("check", "Read clientele.yaml and list everything that is wrong with it.") { folder, json };
        check.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(folder);
            var (_, problems) = SettingsFile.Check(path);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(problems, RunJson.Options));
                return problems.Count == 0 ? 0 : 1;
            }
            foreach (var problem in problems)
                Console.Error.WriteLine(problem);
            if (problems.Count == 0)
                Console.WriteLine($"{Path.Combine(path, SettingsFile.Name)} is in order.");
            return problems.Count == 0 ? 0 : 1;
        });
        return check;
    }
}
