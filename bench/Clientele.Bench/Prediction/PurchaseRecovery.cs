using Clientele.Learning.Tests;

namespace Clientele.Bench;

/// <summary>Whether intervals of buy-till-you-die parameters hold the truth as often as they say, over many simulated shops.</summary>
internal static class PurchaseRecovery
{
    public static Task Run(int fits)
    {
        foreach (var truth in RecoveryStudy.Truths)
        {
            var study = RecoveryStudy.Of(truth, fits, customers: 3000, seed: 2026);
            string name = truth.GetType().Name;
            Console.WriteLine(FormattableString.Invariant(
                $"{name}: {fits} shops of 3,000 customers; truth within 2 standard errors {study.Within2:P1} (normal law 95.4 %), in the 95 % interval {study.Covered:P1}; fits without errors {study.Doubtful}"));
            History.Add($"{name}: share of 95 % intervals that hold the truth", study.Covered);
        }
        return Task.CompletedTask;
    }
}
