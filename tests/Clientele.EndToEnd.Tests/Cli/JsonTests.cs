using System.Text.RegularExpressions;

namespace Clientele.Tests.Cli;

/// <summary>Machines get an answer from every command.</summary>
public sealed partial class JsonTests
{
    // They write files, or listen until they are stopped.
    private static readonly string[] WithoutAnAnswer = ["init", "predict", "serve", "data generate", "demo"];

    [Fact]
    public async Task Every_command_takes_json()
    {
        var commands = await Leaves([]);

        Assert.True(commands.Count > 35);
        Assert.Equal(WithoutAnAnswer.Order(StringComparer.Ordinal), commands.Where(command => !command.Help.Contains("--json ", StringComparison.Ordinal)).Select(command => command.Name).Order(StringComparer.Ordinal));
    }

    private static async Task<IReadOnlyList<(string Name, string Help)>> Leaves(string[] words)
    {
        string help = await CliProcess.Succeed(Path.GetTempPath(), [.. words, "--help"]);
        int list = help.IndexOf("Commands:", StringComparison.Ordinal);
        if (list < 0)
            return [(string.Join(' ', words), help)];
        var below = await Task.WhenAll(Names().Matches(help[list..]).Select(command => Leaves([.. words, command.Groups[1].Value])));
        return [.. below.SelectMany(leaves => leaves)];
    }

    [GeneratedRegex(@"^  ([a-z][a-z-]*)", RegexOptions.Multiline)]
    private static partial Regex Names();
}
