using System.Globalization;
using Clientele.Bench;
using Clientele.Bench.Serving;

// ./dev bench [NAME] [COUNT] [PART]: one benchmark, or all of them. 'learning' runs all whose name starts so. PART is for long tables: names of sets, families or series.
if (args is [BareEndpoint.Verb, ..])
{
    await BareEndpoint.Run(args);
    return 0;
}
string? part = args.ElementAtOrDefault(2);
var all = new Dictionary<string, Func<int?, Task>>(StringComparer.OrdinalIgnoreCase)
{
    ["onlineretail-csv"] = rounds => OnlineRetail.Run(rounds ?? 3, "CSV"),
    ["onlineretail-workbook"] = rounds => OnlineRetail.Run(rounds ?? 2, "workbook"),
    ["kill-sweep-random"] = kills => KillSweep.AtRandom(kills ?? 60),
    ["kill-sweep-boundaries"] = first => KillSweep.AtBoundaries(first ?? 0),
    ["scheduler-sweep"] = ticks => SchedulerSweep.Run(ticks ?? 1_000, part),
    ["fault-sweep"] = from => FaultSweep.Run(from ?? 1),
    ["planted"] = seeds => PlantedPersonas.Run(seeds ?? 20, part),
    ["learning-kmeans"] = rounds => KMeansSpeed.Run(rounds ?? 9),
    ["learning-growth"] = rounds => KMeansGrowth.Run(rounds ?? 5, part),
    ["learning-inertia"] = seeds => KMeansQuality.Run(seeds ?? 20, part),
    ["learning-isolation"] = rounds => IsolationSpeed.Run(rounds ?? 7),
    ["learning-drift"] = rounds => DriftSpeed.Run(rounds ?? 7),
    ["learning-mixture"] = rounds => MixtureSpeed.Run(rounds ?? 5),
    ["prediction-boosting"] = rounds => TreeSpeed.Boosting(rounds ?? 5),
    ["prediction-forest"] = rounds => TreeSpeed.Forest(rounds ?? 3),
    ["prediction-contributions"] = rounds => TreeSpeed.Explain(rounds ?? 5),
    ["prediction-losses-boosting-small"] = repetitions => TreeLosses.Boosting(TreeLosses.Small, repetitions ?? 20),
    ["prediction-losses-boosting-digits"] = repetitions => TreeLosses.Boosting(["digits"], repetitions ?? 20, int.Parse(part ?? "0", CultureInfo.InvariantCulture)),
    ["prediction-losses-boosting-middle"] = repetitions => TreeLosses.Boosting(TreeLosses.Middle, repetitions ?? 3),
    ["prediction-losses-boosting-large"] = repetitions => TreeLosses.Boosting(TreeLosses.Large, repetitions ?? 1),
    ["prediction-losses-forest-small"] = repetitions => TreeLosses.Forest([.. TreeLosses.Small, "digits"], repetitions ?? 5),
    ["prediction-losses-forest-middle"] = repetitions => TreeLosses.Forest(TreeLosses.Middle[1..], repetitions ?? 2),
    ["prediction-losses-forest-large"] = repetitions => TreeLosses.Forest(TreeLosses.Large, repetitions ?? 1),
    ["prediction-btyd-bg"] = rounds => PurchaseFitSpeed.Bg(rounds ?? 5),
    ["prediction-btyd-pareto"] = rounds => PurchaseFitSpeed.Pareto(rounds ?? 1),
    ["prediction-btyd-recovery"] = fits => PurchaseRecovery.Run(fits ?? 500),
    ["prediction-btyd-digits"] = points => PurchaseDigits.Run(points ?? 10_000),
    ["prediction-sweep-bg"] = step => PurchaseSafety.Run("bg", step ?? 1),
    ["prediction-sweep-mbg"] = step => PurchaseSafety.Run("mbg", step ?? 1),
    ["prediction-sweep-pareto"] = step => PurchaseSafety.Run("pareto", step ?? 1),
    ["prediction-sweep-nbd"] = step => PurchaseSafety.Run("nbd", step ?? 1),
    ["prediction-sweep-bgbb"] = step => PurchaseSafety.Run("bgbb", step ?? 1),
    ["prediction-sweep-gammagamma"] = step => PurchaseSafety.Run("gammagamma", step ?? 1),
    ["lifetime-contest"] = rounds => LifetimeSpeed.Run(rounds ?? 1),
    ["lifetime-million"] = customers => LifetimeSpeed.Many(customers ?? 1_000_000),
    ["learning-ward"] = rounds => WardSpeed.Run(rounds ?? 5),
    ["learning-silhouette"] = rounds => SilhouetteSpeed.Run(rounds ?? 5),
    ["learning-choice-1"] = replicates => ChoiceAcceptance.First(replicates ?? 100, part),
    ["learning-choice-2"] = replicates => ChoiceAcceptance.Second(replicates ?? 100, part),
    ["learning-study"] = rounds => StudySpeed.Run(rounds ?? 5),
    ["valuation-online-retail"] = months => LifetimeContest.OnlineRetail(months ?? 3),
    ["valuation-two-years"] = months => LifetimeContest.OnlineRetail2(months ?? 6),
    ["valuation-journey"] = months => LifetimeContest.CompleteJourney(months ?? 1),
    ["valuation-cdnow"] = _ => LifetimeContest.Cdnow(),
    ["valuation-published"] = seeds => LifetimeContest.Published(seeds ?? 5),
    ["store-runs"] = runs => StoreRuns.Run(runs ?? 200_000),
    ["serve-load"] = rounds => ServeSpeed.Run(rounds ?? 3, part),
    ["serve-beside"] = rounds => ServeBeside.Run(rounds ?? 3, part ?? "10"),
    ["serve-start"] = starts => ServeStart.Run(starts ?? 11),
    ["serve-soak"] = requests => ServeSoak.Run(requests ?? 1_000_000),
    ["serve-parts"] = rounds => RequestParts.Run(rounds ?? 20),
    ["serve-scorer"] = rounds => ScorerSpeed.Run(rounds ?? 5),
    ["serve-batch"] = rounds => BatchSpeed.Run(rounds ?? 3, part),
    ["learning-sets"] = most => ChoiceSets.Run(most ?? 10, part),
};

var named = args.Length == 0 ? all.Values : all.Where(bench => bench.Key.Contains(args[0], StringComparison.OrdinalIgnoreCase)).Select(bench => bench.Value);
if (!named.Any() || (args.Length > 1 && !int.TryParse(args[1], out _)))
{
    Console.Error.WriteLine($"usage: ./dev bench [NAME] [COUNT] [PART]. There are: {string.Join(", ", all.Keys)}.");
    return 2;
}
foreach (var bench in named)
    await bench(args.Length > 1 ? int.Parse(args[1]) : null);
return 0;
