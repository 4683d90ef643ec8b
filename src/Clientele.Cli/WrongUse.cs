using System.CommandLine;
using System.CommandLine.Parsing;
using Clientele.Problems;

namespace Clientele.Cli;

/// <summary>What to say of a command line that cannot be understood.</summary>
internal static class WrongUse
{
    /// <returns>Null: it can be.</returns>
    public static string? Of(ParseResult parsed)
    {
        var command = parsed.CommandResult;
        var (name, commands) = (CommandLine(command), Commands(command));
        string[] unknown = [.. Taken(parsed), .. parsed.UnmatchedTokens];
        if (commands.Count > 0 && unknown is [var word, ..] && !IsOption(word))
            return $"'{word}' is no command of '{name}'.{Meant(word, commands)}";
        // What looks like an option is the likelier mistake: what follows it is its value.
        if (unknown.FirstOrDefault(IsOption) is { } option)
            return $"'{option}' is no option of '{name}'.{Meant(option, Options(command))}";
        if (unknown is [var beyond, ..])
            return $"'{beyond}' is one argument too many for '{name}'.";
        if (parsed.Errors is not [.., var error])
            return null;
        return commands.Count > 0 && command.Command.Action is null ? $"'{name}' needs one of its commands: {string.Join(", ", commands)}." : error.Message;
    }

    /// <summary>As it is typed, without its arguments.</summary>
    public static string CommandLine(CommandResult command) => command.Parent is CommandResult parent ? $"{CommandLine(parent)} {command.Command.Name}" : "clientele";

    // The parser takes an option that it does not know for an argument, where the command has one. After -- it is one.
    private static IEnumerable<string> Taken(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0 && parsed.Action != parsed.CommandResult.Command.Action)
            return [];      // --help
        var meant = parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value).ToHashSet();
        return parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value).Where(word => IsOption(word) && !meant.Contains(word));
    }

    private static string Meant(string word, IReadOnlyList<string> valid) =>
        (Nearest.To(word, valid) ?? valid.FirstOrDefault(candidate => candidate.StartsWith(word, StringComparison.Ordinal) || word.StartsWith(candidate, StringComparison.Ordinal))) is { } meant ? $" Did you mean '{meant}'?" : "";

    private static bool IsOption(string word) => word.StartsWith('-') && word.Length > 1;

    private static IReadOnlyList<string> Commands(CommandResult command) => [.. command.Command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name)];

    private static IReadOnlyList<string> Options(CommandResult command) =>
    [
        .. command.Command.Options.Where(option => !option.Hidden).Select(option => option.Name),
        .. command.Parent is CommandResult parent ? Inherited(parent) : [],
    ];

    private static IEnumerable<string> Inherited(CommandResult command) =>
        command.Command.Options.Where(option => option.Recursive).Select(option => option.Name).Concat(command.Parent is CommandResult parent ? Inherited(parent) : []);
}
