using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>Applies the rule of <see cref="Contest"/> to losses, row by row the same for every contender.</summary>
internal sealed class ContestJudge(
    IReadOnlyList<IContender> contenders, IReadOnlyList<ContestEntry> entries, Func<IReadOnlyList<double>, IReadOnlyList<double>, PairedDifference> compare)
{
    public ContestChoice Choose(string loss, Func<string, IReadOnlyList<double>> losses, bool rank)
    {
        string baseline = contenders.Where(c => c.IsBaseline).MinBy(c => losses(c.Name).Average())!.Name;
        string least = contenders.MinBy(c => losses(c.Name).Average())!.Name, chosen = least;
        string why = $"It has the least {loss}";
        if (rank && least != baseline)
        {
            chosen = contenders.Where(c => !c.IsBaseline && (c.Name == least || compare(losses(least), losses(c.Name)).Lower <= 0)).MaxBy(c => Ranking(c.Name))!.Name;
            if (chosen != least)
                why = $"Of the models that '{least}' does not beat in {loss} it ranks customers best";
        }
        if (chosen == baseline)
            return new(baseline, baseline, null, $"{why}: no model beats this baseline.");
        var against = compare(losses(baseline), losses(chosen));
        return against.Upper < 0
            ? new(chosen, baseline, against, $"{why}, and beats the best baseline, '{baseline}', with 95 % confidence.")
            : new(baseline, baseline, null, $"'{chosen}' did not beat this baseline with 95 % confidence in {loss}: the baseline stays.");
    }

    private double Ranking(string model) => entries.Where(entry => entry.Model == model).Average(entry => entry.Gini ?? 0);
}
