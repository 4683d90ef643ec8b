using Clientele.Problems;
using Clientele.Server.Models;

namespace Clientele.Server.Challengers;

/// <summary>Who answers, and who is tried, at one moment. A request takes it once and keeps it to its end.</summary>
/// <param name="Canary">Answers some customers in the champion's place.</param>
/// <param name="Percent">How many of 100.</param>
/// <param name="Shadow">Reckons what the champion answered, and answers nobody.</param>
internal sealed record Lineup(ServedModel Champion, Challenger Canary, double Percent, Challenger Shadow);

/// <summary>A version that is tried.</summary>
/// <param name="Alias">As the settings call it; null: none is tried.</param>
/// <param name="Model">Null: nothing is called so, or it is the champion itself, or it cannot be used.</param>
/// <param name="Problem">Why it cannot be used; null: nothing is wrong.</param>
internal sealed record Challenger(string? Alias, ServedModel? Model = null, Problem? Problem = null)
{
    public static Challenger None { get; } = new(null as string);

    /// <summary>Why a version cannot stand in for the champion, whatever is asked; null: it can.</summary>
    public static Problem? Unlike(ServedModel champion, ServedModel challenger)
    {
        string version = $"Version {challenger.Version.Version}";
        const string remedy = "The champion answers everybody. Try versions that were made with the champion's columns and features, or promote it.";
        return !Same(champion.Features.Names, challenger.Features.Names) || !Same(champion.Places?.Names ?? [], challenger.Places?.Names ?? []) ? new("models/other-features", $"{version} asks for other features than the champion.", remedy)
            : champion.Bundle.Settings.Columns != challenger.Bundle.Settings.Columns ? new("models/other-columns", $"{version} reads other columns of orders than the champion.", remedy)
            : champion.Values is null != challenger.Values is null ? new("models/other-answers", $"{version} and the champion answer the published requests differently: one of them values nobody.", remedy)
            : null;
    }

    private static bool Same(IReadOnlyList<string> some, IReadOnlyList<string> others) => some.Order(StringComparer.Ordinal).SequenceEqual(others.Order(StringComparer.Ordinal));
}
