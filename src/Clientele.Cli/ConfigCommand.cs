using System.CommandLine;
using Clientele.Settings;

namespace Clientele.Cli;

internal static class ConfigCommand
{
    public static Command Create() => new("config", "Look at a workspace's settings.") { Check() };

    private static Command Check()
    {
        var folder = CommonOptions.Folder("The workspace.");
        var check = new Command("check", "Read clientele.yaml and list everything that is wrong with it.") { folder };
        check.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(folder);
            var (_, problems) = SettingsFile.Check(path);
            foreach (var problem in problems)
                Console.Error.WriteLine(problem);
            if (problems.Count == 0)
                Console.WriteLine($"{Path.Combine(path, SettingsFile.Name)} is in order.");
            return problems.Count == 0 ? 0 : 1;
        });
        return check;
    }
}
