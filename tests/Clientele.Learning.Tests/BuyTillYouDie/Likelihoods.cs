namespace Clientele.Learning.Tests;

internal static class Likelihoods
{
    public static ILikelihood Of(string model, HistoryGroups groups, int threads = 1) => model switch
    {
        "bg" => new CoinLikelihood(groups, firstCoin: 0, leaving: true, threads),
        "mbg" => new CoinLikelihood(groups, firstCoin: 1, leaving: true, threads),
        "pareto" => new ParetoLikelihood(groups, threads),
        _ => new BgBbLikelihood(groups, threads),
    };
}
