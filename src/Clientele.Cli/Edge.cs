using System.CommandLine;
using System.CommandLine.Parsing;
using Clientele.Problems;

namespace Clientele.Cli;

/// <summary>Where everything that went wrong becomes one message and an exit code: 0 done, 1 failed, 2 wrong use.</summary>
internal static class Edge
{
    // How long a run that was asked to stop may take to say so in the store, and to clear up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<int> Run(ParseResult parsed)
    {
        if (parsed.Errors is [.., var error])
        {
            Console.Error.WriteLine($"clientele: {error.Message}");
            Console.Error.WriteLine($"Try: {CommandLine(parsed.CommandResult)} --help");
            return 2;
        }
        try
        {
            return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = ServeCommand.IsAsked(parsed) ? ServeCommand.LongestStop : Patience });
        }
        catch (ProblemException wrong)
        {
            Console.Error.WriteLine($"clientele: {wrong.Problem}");
            return wrong.Problem.Kind.StartsWith("usage/", StringComparison.Ordinal) ? 2 : 1;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("clientele: Stopped. What was finished is kept.");
            return 1;
        }
        catch (Exception bug)
        {
            string id = Guid.NewGuid().ToString("N")[..8];
            string log = Path.Combine(Path.GetTempPath(), $"clientele-{id}.log");
            await File.WriteAllTextAsync(log, $"{bug}\n");
            Console.Error.WriteLine($"clientele: This is a mistake in Clientele, not in your data ({bug.GetType().Name}). What is known of it is in {log}; please report it with the id {id}.");
            return 1;
        }
    }

    private static string CommandLine(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{CommandLine(parent)} {command.Command.Name}" : "clientele";
}
