using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>Drift statistics against SciPy's, on the same pairs of samples.</summary>
internal static class DriftSpeed
{
    public static Task Run(int rounds)
    {
        var (reference, near, far, many) = (Normal(10_000, 0, 0), Normal(9_999, 0, 1), Normal(9_999, 1, 2), Normal(1_000_000, 0, 3));
        Compare("Kolmogorov–Smirnov exact, 10,000 and 9,999 of one law", "kolmogorov", reference, near, () => KolmogorovSmirnov.Test(reference.Values, near.Values));
        Compare("Kolmogorov–Smirnov exact, 10,000 and 9,999, shifted by 1", "kolmogorov", reference, far, () => KolmogorovSmirnov.Test(reference.Values, far.Values));
        Compare("Wasserstein, 1,000,000 and 10,000", "wasserstein", many, reference, () => Wasserstein.Distance(many.Values, reference.Values));
        return Task.CompletedTask;

        void Compare(string what, string statistic, Matrix a, Matrix b, Action ours)
        {
            using var peer = new Peer("drift_speed.py", new { statistic }, [("reference", a), ("current", b)]);
            Ratio.Measure(what, rounds, ours, peer);
        }
    }

    private static Matrix Normal(int count, double mean, int task)
    {
        var random = new RandomStream(5, task);
        return new(count, 1, [.. Enumerable.Range(0, count).Select(_ => mean + random.Gaussian())]);
    }
}
