using System.CommandLine;
using Clientele.Pipeline;

namespace Clientele.Cli;

/// <summary>What commands that look into a workspace's store share.</summary>
internal static class StoreOptions
{
    public static Option<string> Workspace() => new("--workspace", "-w") { Description = "The workspace.", HelpName = "DIR", DefaultValueFactory = _ => "." };
    public static Option<string> Reason() => new("--reason") { Description = "Why; it stands in the audit.", HelpName = "TEXT" };
    public static Option<bool> DryRun(string description) => new("--dry-run") { Description = description };
    public static Option<bool> Preview() => new("--preview") { Description = "Only say how many customers would move between personas." };

    /// <summary>A command that does something with a workspace's store.</summary>
    public static Command Does(this Command command, Option<string> workspace, Func<ParseResult, WorkspaceStore, CancellationToken, Task> work)
    {
        command.Options.Add(workspace);
        command.SetAction(async (parsed, cancel) =>
        {
            await using var store = await WorkspaceStore.Open(parsed.GetRequiredValue(workspace), TimeProvider.System, cancel);
            await work(parsed, store, cancel);
            return 0;
        });
        return command;
    }
}
