using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>
/// How the chosen models did at the latest cut-off whose window is over, having learned only from what was over by then. Spend below 0 (returns of
/// earlier purchases) counts 0 where customers are ranked.
/// </summary>
/// <param name="Deciles">Best predictions first, mean forecast against spend.</param>
/// <param name="Gains">At every 5 %: share of the spend that the customers with the best predictions hold; empty where nobody spent.</param>
/// <param name="Gini">Normalised; null where nobody spent.</param>
public sealed record HoldOut(DateOnly Cutoff, DateOnly Until, int Customers, DecileChart Deciles, IReadOnlyList<Gain> Gains, double? Gini)
{
    private const int GainSteps = 20;

    /// <summary>At the latest cut-off that models were judged at; null where there is none, or too few customers.</summary>
    public static HoldOut? Of(LifetimeLearning learning, IReadOnlyList<IContender> contenders, CancellationToken cancel)
    {
        var timeline = learning.Timeline;
        return timeline.Judged is [.., var at] && contenders.FirstOrDefault(contender => contender.Name == learning.Valuation.Mean.Name) is { } chosen
            && timeline.Forecast(chosen, at, cancel) is { } said
            ? Of(timeline.Snapshots[at], said.Mean)
            : null;
    }

    /// <param name="snapshot">With its targets; n ≥ 10.</param>
    /// <param name="said">n mean forecasts.</param>
    public static HoldOut? Of(LifetimeSnapshot snapshot, IReadOnlyList<double> said)
    {
        const int bins = 10;
        double[] spend = snapshot.Spend(), positive = [.. spend.Select(value => Math.Max(0, value))];
        if (spend.Length < bins)
            return null;
        bool any = positive.Any(value => value > 0);
        return new(
            snapshot.Cutoff, snapshot.Until, spend.Length, Learning.Deciles.Of(spend, said, bins),
            any ? Learning.Gains.Curve(positive, said, GainSteps) : [], any ? Learning.Gini.Normalised(positive, said) : null);
    }
}
