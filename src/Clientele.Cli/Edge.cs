using System.CommandLine;
using Clientele.Problems;

namespace Clientele.Cli;

/// <summary>Where everything that went wrong becomes one message and an exit code: 0 done, 1 failed, 2 wrong use.</summary>
internal static class Edge
{
    // How long a run that was asked to stop may take to say so in the store, and to clear up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<int> Run(ParseResult parsed)
    {
        if (WrongUse.Of(parsed) is { } wrongUse)
        {
            Console.Error.WriteLine($"clientele: {wrongUse}");
            Console.Error.WriteLine($"Try: {WrongUse.CommandLine(parsed.CommandResult)} --help");
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
        catch (Exception failure) when (DiskFaults.Of(failure) is { } problem)
        {
            Console.Error.WriteLine($"clientele: {problem}");
            return 1;
        }
        catch (Exception bug)
        {
            string id = Guid.NewGuid().ToString("N")[..8];
            Console.Error.WriteLine($"clientele: This is a mistake in Clientele, not in your data ({bug.GetType().Name}). What is known of it is {await Noted(bug, id)}; please report it with the id {id}.");
            return 1;
        }
    }

    // Where what is known of a mistake can be read; there may be no place to write it.
    private static async Task<string> Noted(Exception bug, string id)
    {
        string log = Path.Combine(Path.GetTempPath(), $"clientele-{id}.log");
        try
        {
            await File.WriteAllTextAsync(log, $"{bug}\n");
            return $"in {log}";
        }
        catch (Exception denied) when (DiskFaults.Of(denied) is { } problem)
        {
            return $"lost ({problem.What.TrimEnd('.')})";
        }
    }
}
