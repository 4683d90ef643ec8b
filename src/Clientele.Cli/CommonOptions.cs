using System.CommandLine;
using System.Globalization;

namespace Clientele.Cli;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Argument<string> Folder(string description) => new("DIR") { Description = description };

    public static Option<int> Threads() => new("--threads")
    {
        Description = "Threads to compute with; 0: all cores. The result does not depend on it.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
        Validators = { result => { if (result.Tokens is [var token] && !(int.TryParse(token.Value, out int n) && n is >= 0 and <= 1024)) result.AddError($"'{token.Value}' is not a number of threads. It takes 0 to 1024."); } },
    };

    public static Option<ulong?> Seed() => new("--seed") { Description = "In place of the workspace's seed. Same seed, same inputs: same bytes.", HelpName = "S" };
    /// <summary>A day; lines on it count.</summary>
    public static Option<DateOnly?> AsOf() => new("--as-of")
    {
        Description = "Reference date (2011-12-31); lines on it count. The later of the model's and the last day of the orders when left out.",
        HelpName = "DATE",
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                return date;
            result.AddError($"'{result.Tokens[0].Value}' is not a date such as 2011-12-31.");
            return null;
        },
    };

    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON, for machines." };
    public static Option<bool> Quiet() => new("--quiet") { Description = "Print nothing but errors." };
}
