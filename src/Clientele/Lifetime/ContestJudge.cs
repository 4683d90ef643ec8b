using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>Applies the rule of <see cref="Contest"/> to losses, row by row the same for every contender.</summary>
internal sealed class ContestJudge(
    IReadOnlyList<IContender> contenders, IReadOnlyList<ContestEntry> entries,
    Func<IReadOnlyList<double>, IReadOnlyList<IReadOnlyList<double>>, IReadOnlyList<PairedDifference>> compare)
{
    public ContestChoice Choose(string loss, Func<string, IReadOnlyList<double>> losses, bool rank)
    {
        string baseline = contenders.Where(c => c.IsBaseline).MinBy(c => losses(c.Name).Average())!.Name;
        string[] others = [.. contenders.Where(c => !c.IsBaseline).Select(c => c.Name)];
        var better = others.Zip(compare(losses(baseline), [.. others.Select(losses)]), (name, against) => (Name: name, Against: against)).Where(c => c.Against.Upper < 0).ToList();
        if (better.Count == 0)
            return new(baseline, baseline, null, $"No model beats this baseline with 95 % confidence in {loss}: it stays.");
        var least = better.MinBy(c => c.Against.Difference);
        var chosen = rank
            ? better.Zip(compare(losses(least.Name), [.. better.Select(c => losses(c.Name))])).Where(c => c.First == least || c.Second.Lower <= 0).MaxBy(c => Ranking(c.First.Name)).First
            : least;
        string why = chosen == least
            ? $"It has the least {loss} of those that beat the best baseline, '{baseline}', with 95 % confidence."
            : $"It beats the best baseline, '{baseline}', with 95 % confidence in {loss}, and of the models that '{least.Name}' does not beat it ranks customers best.";
        return new(chosen.Name, baseline, chosen.Against, why);
    }

    private double Ranking(string model) => entries.Where(entry => entry.Model == model).Average(entry => entry.Gini ?? 0);
}
