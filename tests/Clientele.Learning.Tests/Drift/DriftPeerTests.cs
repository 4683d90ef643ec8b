using System.Text.Json;

namespace Clientele.Learning.Tests;

/// <summary>1,000 random pairs for every statistic, beside SciPy and NumPy (bench/peers/drift.py, run once).</summary>
public sealed class DriftPeerTests
{
    private sealed record Answer(OfSamples[] Samples, OfCounts[] Counts, double[] Laws);
    private sealed record OfSamples(double Distance, double Exact, double Asymptotic, double Wasserstein, double Normed, double[][] Bins);
    private sealed record OfCounts(double Chi, double ChiTail, double Z, double ZTail, double JensenShannon, double Stability, double KullbackLeibler, double Hellinger);

    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private const int Pairs = 1000;

    [Fact]
    public void Every_statistic_equals_the_peers()
    {
        double[][][] samples = [.. Enumerable.Range(0, Pairs).Select(RandomSamples), .. LargeSamples()], counts = [.. Enumerable.Range(0, Pairs).Select(RandomCounts)];
        double[][] laws = [.. Enumerable.Range(0, 300).Select(RandomLaw)];
        var peer = JsonSerializer.Deserialize<Answer>(PeerScript.Run("drift.py", JsonSerializer.SerializeToUtf8Bytes(new { samples, counts, laws })), Snake)!;
        for (int i = 0; i < samples.Length; i++)
            CompareSamples(samples[i][0], samples[i][1], peer.Samples[i], $"pair {i}");
        for (int i = 0; i < counts.Length; i++)
            CompareCounts(counts[i][0], counts[i][1], peer.Counts[i], $"counts {i}");
        for (int i = 0; i < laws.Length; i++)
            Near(peer.Laws[i], KolmogorovLaw.Survival((int)laws[i][0], laws[i][1]), 1e-10, $"law n = {laws[i][0]}, d = {laws[i][1]:R}");
    }

    private static void CompareSamples(double[] a, double[] b, OfSamples peer, string at)
    {
        var exact = KolmogorovSmirnov.Test(a, b);
        Near(peer.Distance, exact.Distance, 1e-12, at + " D");
        Near(peer.Exact, exact.PValue, 1e-10, at + " exact p");
        Near(peer.Asymptotic, KolmogorovSmirnov.Test(a, b, KolmogorovSmirnovMethod.Asymptotic).PValue, 1e-10, at + " asymptotic p");
        Near(peer.Wasserstein, Wasserstein.Distance(a, b), 1e-12 * Math.Max(1, peer.Wasserstein), at + " Wasserstein");
        Near(peer.Normed, Wasserstein.Normed(a, b), 1e-12 * Math.Max(1, peer.Normed), at + " normed");
        if (a.Concat(b).Distinct().Count() > 1)
        {
            var bins = Frequencies.Sturges(a, b);
            Assert.Equal(peer.Bins[0], bins.Reference);
            Assert.Equal(peer.Bins[1], bins.Current);
        }
    }

    private static void CompareCounts(double[] reference, double[] current, OfCounts peer, string at)
    {
        var chi = ChiSquare.Test(reference, current);
        Near(peer.Chi, chi.Statistic, 1e-12 * Math.Max(1, peer.Chi), at + " chi-square");
        Near(peer.ChiTail, chi.PValue, 1e-12, at + " chi-square p");
        var z = Proportions.Test(reference[0], reference.Sum(), current[0], current.Sum());
        Near(peer.Z, z.Z, 1e-12 * Math.Max(1, Math.Abs(peer.Z)), at + " z");
        Near(peer.ZTail, z.PValue, 1e-12, at + " z p");
        Near(peer.JensenShannon, Shares.JensenShannon(reference, current), 1e-12, at + " Jensen–Shannon");
        Near(peer.Stability, Shares.StabilityIndex(reference, current), 1e-12 * Math.Max(1, peer.Stability), at + " stability index");
        Near(peer.KullbackLeibler, Shares.KullbackLeibler(reference, current), 1e-12 * Math.Max(1, peer.KullbackLeibler), at + " Kullback–Leibler");
        Near(peer.Hellinger, Shares.Hellinger(reference, current), 1e-12, at + " Hellinger");
    }

    // 2 … 301 values (SciPy has no asymptotic p of 1 and 1), equal sizes and ties among them, near and far.
    private static double[][] RandomSamples(int i)
    {
        var random = new RandomStream(31, i);
        int n = 2 + random.Below(300), m = i % 5 == 0 ? n : 2 + random.Below(300);
        double shift = i % 3 * random.Unit(), scale = Math.Pow(10, random.Below(7) - 3);
        double Draw(double by) => i % 4 == 0 ? Math.Round(3 * (random.Gaussian() + by)) : scale * (random.Gaussian() + by);
        return [[.. Enumerable.Range(0, n).Select(_ => Draw(0))], [.. Enumerable.Range(0, m).Select(_ => Draw(shift))]];
    }

    // Up to the largest sizes with an exact p-value, p from about .9 to 1e-5.
    private static IEnumerable<double[][]> LargeSamples()
    {
        foreach (var (n, m, shift) in new[] { (10_000, 10_000, .01), (10_000, 9_999, .03), (9_973, 4_001, .05), (10_000, 37, .3) })
        {
            var random = new RandomStream(34, n, m);
            yield return [[.. Enumerable.Range(0, n).Select(_ => random.Gaussian())], [.. Enumerable.Range(0, m).Select(_ => shift + random.Gaussian())]];
        }
    }

    // 2 … 40 bins; the reference has no empty one (chi-square), the current may.
    private static double[][] RandomCounts(int i)
    {
        var random = new RandomStream(32, i);
        int bins = 2 + random.Below(39), size = (int)Math.Pow(10, 1 + random.Below(4));
        return [[.. Enumerable.Range(0, bins).Select(_ => 1.0 + random.Below(size))], [.. Enumerable.Range(0, bins).Select(b => b == 0 ? 1.0 : random.Below(size))]];
    }

    // Every region of the law: n = 1 … 1,000,000, √n·d about .1 … 5, and d near 0 and 1.
    private static double[] RandomLaw(int i)
    {
        var random = new RandomStream(33, i);
        int n = (int)Math.Exp(random.Unit() * (i % 10 == 0 ? 13.8 : 7));
        return [n, Math.Min(1, i % 11 == 0 ? random.Unit() : (.1 + (i % 2 == 0 ? 1.5 : 5) * random.Unit()) / Math.Sqrt(n))];
    }

    private static void Near(double peer, double ours, double tolerance, string what) =>
        Assert.True(Math.Abs(peer - ours) <= tolerance, FormattableString.Invariant($"{what}: ours {ours:R}, the peer's {peer:R}"));
}
