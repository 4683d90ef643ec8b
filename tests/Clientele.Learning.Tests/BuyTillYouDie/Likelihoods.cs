namespace Clientele.Learning.Tests;

internal static class Likelihoods
{
    public static ILikelihood Of(string model, HistoryGroups groups, int threads = 1) => model switch
    {
        "bg" => new CoinLikelihood(groups, firstCoin: 0, threads),
        "mbg" => new CoinLikelihood(groups, firstCoin: 1, threads),
        "pareto" => new ParetoLikelihood(groups, threads),
        _ => new BgBbLikelihood(groups, threads),
    };
}
