using System.Diagnostics;
using Clientele.Learning;
using Clientele.Learning.Tests;

namespace Clientele.Bench;

/// <summary>Fit and predict of a million customers against a vectorised SciPy fit of the same likelihood. Grouping is told apart: it serves every model.</summary>
internal static class PurchaseFitSpeed
{
    private const int Customers = 1_000_000;
    private const double Horizon = 39;

    public static Task Bg(int rounds) => Run(rounds, "BG/NBD", "bg", new BgNbd(.2426, 4.4136, .7929, 2.4259), [1, 3, 1, 3],
        groups =>
        {
            var fit = BgNbd.Fit(groups);
            return (fit.LogLikelihood, fit.Model);
        });

    public static Task Pareto(int rounds) => Run(rounds, "Pareto/NBD", "pareto", new ParetoNbd(.5533, 10.5777, .6062, 11.6687), [.5, 15, .5, 10],
        groups =>
        {
            var fit = ParetoNbd.Fit(groups);
            return (fit.LogLikelihood, fit.Model);
        });

    private static Task Run(int rounds, string what, string model, IPurchaseModel truth, double[] start, Func<HistoryGroups, (double LogLikelihood, IPurchaseModel Model)> fit)
    {
        var histories = SimulatedCustomers.Of(truth, Customers, seed: 1, 27, 39, day: 1 / 7.0);
        var groups = HistoryGroups.Of(histories);
        long before = Stopwatch.GetTimestamp();
        groups = HistoryGroups.Of(histories);
        Console.WriteLine(FormattableString.Invariant(
            $"{what}: {Customers:N0} customers, {groups.Weights.Length:N0} distinct histories; grouped in {Stopwatch.GetElapsedTime(before).TotalSeconds:0.000} s (not in the ratio)"));
        var table = new Matrix(Customers, 3);
        for (int i = 0; i < Customers; i++)
            (table[i, 0], table[i, 1], table[i, 2]) = (histories.Frequency[i], histories.Recency[i], histories.Tenure[i]);
        using var peer = new Peer("btyd_fit.py", new { model, start, horizon = Horizon }, [("histories", table)]);
        (double logLikelihood, double expected) = (0, 0);
        Ratio.Measure($"{what} fit and predict, 1,000,000 customers", rounds, () =>
        {
            (logLikelihood, var fitted) = fit(groups);
            expected = PurchaseForecast.Of(fitted, groups, Horizon).Expected.Sum();
        }, peer);
        var theirs = peer.Round().Figures;
        Console.WriteLine(FormattableString.Invariant(
            $"  log-likelihood {logLikelihood:0.0000}, peer's {theirs["log_likelihood"]!.GetValue<double>():0.0000} in {theirs["evaluations"]!.GetValue<int>()} evaluations; Σ E[Y] {expected:0.00}, peer's {theirs["expected"]!.GetValue<double>():0.00}"));
        return Task.CompletedTask;
    }
}
