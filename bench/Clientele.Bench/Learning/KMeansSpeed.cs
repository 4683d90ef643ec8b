using System.Globalization;
using System.Runtime.Intrinsics;
using Clientele.Learning;

namespace Clientele.Bench;

/// <summary>k-means against scikit-learn's, on the same rows and cores; the peer in single and in double precision, for either may be its better.</summary>
internal static class KMeansSpeed
{
    private const int Rows = 1_000_000, Columns = 16, Clusters = 8, Few = 10, Many = 30;

    public static Task Run(int rounds)
    {
        var noise = Noise(Rows, Columns);
        var centres = noise.Take([.. Enumerable.Range(0, Clusters)]);
        var arrays = new[] { ("rows", noise), ("centres", centres) };
        var singles = new SingleRows(new(noise), threads: 0);
        double bandwidth = Bandwidth(singles.Lanes);
        Print($"memory read by all cores: {bandwidth:0.0} GB/s");
        double fit(int iterations) => Ratio.Seconds(() => Lloyd.Run(singles, centres.Values, iterations, 0, threads: 0));
        foreach (bool single in (ReadOnlySpan<bool>)[true, false])
        {
            using var peer = new Peer("lloyd.py", new { few = Few, many = Many, single }, arrays);
            var (_, seconds) = Ratio.Measure("Lloyd iteration, 1,000,000 × 16, k = 8", rounds, () => (fit(Many) - fit(Few)) / (Many - Few), peer);
            Print($"  rows passed at {singles.Lanes.Length * 4.0 / seconds / 1e9:0.0} GB/s, {singles.Lanes.Length * 4.0 / seconds / 1e9 / bandwidth:0 %} of what memory gives");
        }
        Unskipped(singles, centres, bandwidth);
        Assigning(noise, centres, arrays, rounds, bandwidth);
        var planted = Planted(100_000, Columns, Clusters);
        foreach (bool single in (ReadOnlySpan<bool>)[true, false])
        {
            using var peer = new Peer("kmeans_fit.py", new { clusters = Clusters, restarts = 10, seed = 1, single }, [("rows", planted)]);
            Ratio.Measure("Whole fit, 100,000 × 16, k = 8, 10 restarts", Math.Max(3, rounds / 3), () => { KMeans.Fit(planted, new() { Clusters = Clusters }); }, peer);
        }
        Digits(rounds);
        return Task.CompletedTask;
    }

    // Equal work: names of the nearest beside predict; with distances and second nearest beside transform and a choice of the two least.
    private static void Assigning(Matrix noise, Matrix centres, (string, Matrix)[] arrays, int rounds, double bandwidth)
    {
        float[] single = [.. noise.Values.Select(x => (float)x)];
        var (labels, seconds, distances) = (new int[Rows], new int[Rows], new double[Rows]);
        using (var peer = new Peer("kmeans_predict.py", new { single = true }, arrays))
        {
            var (_, took) = Ratio.Measure("Labels of 1,000,000 × 16 in single precision, k = 8", rounds, () => KMeans.Labels(single, centres, labels), peer);
            double speed = (single.Length + labels.Length) * 4.0 / took / 1e9;
            Print($"  rows read and labels written at {speed:0.0} GB/s, {speed / bandwidth:0 %} of what memory gives");
        }
        using (var peer = new Peer("kmeans_predict.py", new { single = false }, arrays))
        {
            Ratio.Measure("Labels of 1,000,000 × 16, k = 8", rounds, () => { KMeans.Labels(noise, centres); }, peer);
            Ratio.Measure("Labels of 1,000,000 × 16, k = 8, memory used again", rounds, () => KMeans.Labels(noise, centres, labels), peer);
        }
        foreach (bool singly in (ReadOnlySpan<bool>)[true, false])
        {
            using var peer = new Peer("kmeans_assign.py", new { single = singly }, arrays);
            Ratio.Measure("Assign 1,000,000 × 16, k = 8: label, distance, second", rounds, () => { KMeans.Assign(noise, centres); }, peer);
            Ratio.Measure("Assign 1,000,000 × 16, k = 8, memory used again", rounds, () => KMeans.Assign(noise, centres, labels, distances, seconds), peer);
        }
    }

    // Every round has the next seed, ours and the peer's. Ten restarts of scikit-learn reach 1,165,140.66 at best (300 starts: 1,165,116.48).
    private static void Digits(int rounds)
    {
        var digits = LabelledTable.All("optdigits").Single();
        using var peer = new Peer("kmeans_fit.py", new { clusters = digits.Clusters, restarts = 10, seed = 0, single = false }, [("rows", digits.Rows)]);
        var inertias = new List<double>();
        Ratio.Measure("Digits 1,797 × 64, k = 10, 10 restarts", rounds, () => inertias.Add(KMeans.Fit(digits.Rows, new() { Clusters = digits.Clusters, Seed = (ulong)inertias.Count }).Inertia), peer);
        Print($"  inertia at most 1,165,140 in {inertias.Count(inertia => inertia <= 1_165_140)} of {inertias.Count} seeds, worst {inertias.Max():0.00}");
    }

    public static Matrix Noise(int rows, int columns)
    {
        var random = new RandomStream(1, 0);
        return new(rows, columns, [.. Enumerable.Range(0, rows * columns).Select(_ => random.Gaussian())]);
    }

    /// <summary>Clusters that overlap a little.</summary>
    public static Matrix Planted(int rows, int columns, int clusters)
    {
        var random = new RandomStream(2, 0);
        double[] middles = [.. Enumerable.Range(0, clusters * columns).Select(_ => 1.5 * random.Gaussian())];
        var planted = new Matrix(rows, columns);
        for (int i = 0; i < planted.Values.Length; i++)
            planted.Values[i] = middles[i / columns % clusters * columns + i % columns] + random.Gaussian();
        return planted;
    }

    // Centres that jump at every step: no bound holds, every row is read.
    private static void Unskipped(SingleRows singles, Matrix centres, double bandwidth)
    {
        var pass = new SinglePass(singles, Clusters, threads: 0);
        double[][] places = [singles.Frame.Enter(centres.Values), singles.Frame.Enter([.. centres.Values.Select(x => x * 1.001)])];
        double best = double.PositiveInfinity;
        for (int round = 0; round < 30; round++)
        {
            pass.Place([.. places[0].Select(x => x + 10)]);
            pass.Place(places[round % 2]);
            best = Math.Min(best, Ratio.Seconds(() => pass.Run()));
        }
        double speed = singles.Lanes.Length * 4.0 / best / 1e9;
        Print($"a pass that skips no row: {best * 1e3:0.00} ms at best, {speed:0.0} GB/s, {speed / bandwidth:0 %} of what memory gives");
        History.Add("Lloyd pass without bounds, 1,000,000 × 16, k = 8: share of memory bandwidth", speed / bandwidth);
        double idle = Best(30, () => pass.Run());       // all bounds hold: only they are looked at, and the sums merged
        var few = new SingleRows(new(centres.Take([.. Enumerable.Range(0, 16_384).Select(i => i % Clusters)])), threads: 1);
        var inCache = new SinglePass(few, Clusters, threads: 1);
        double cached = double.PositiveInfinity;
        for (int round = 0; round < 300; round++)
        {
            inCache.Place([.. places[0].Select(x => x + 10)]);
            inCache.Place(places[0]);
            cached = Math.Min(cached, Ratio.Seconds(() => inCache.Run()));
        }
        double perRow = cached / few.Rows, operations = 3.0 * Clusters * Columns, cores = Environment.ProcessorCount;
        Print($"  without reading a row {idle * 1e3:0.000} ms; rows in the cache {perRow * 1e9:0.00} ns a row and core, {operations / perRow / 1e9:0} GFLOP/s, so {Rows * perRow / cores * 1e3:0.00} ms for all if memory were free; reading alone {singles.Lanes.Length * 4.0 / bandwidth / 1e6:0.00} ms");
    }

    private static double Best(int rounds, Action work)
    {
        double best = double.PositiveInfinity;
        for (int round = 0; round < rounds; round++)
            best = Math.Min(best, Ratio.Seconds(work));
        return best;
    }

    private static double Bandwidth(float[] values)
    {
        int parts = 64, length = values.Length / parts;
        var sums = new float[parts];
        double best = double.PositiveInfinity;
        for (int round = 0; round < 20; round++)
            best = Math.Min(best, Ratio.Seconds(() => Parallel.For(0, parts, part => sums[part] = Sum(values.AsSpan(part * length, length)))));
        return values.Length * 4.0 / best / 1e9;
    }

    private static float Sum(ReadOnlySpan<float> values)
    {
        Vector512<float> a = default, b = default, c = default, d = default;
        for (; values.Length >= 64; values = values[64..])
        {
            a += Vector512.Create(values);
            b += Vector512.Create(values[16..]);
            c += Vector512.Create(values[32..]);
            d += Vector512.Create(values[48..]);
        }
        return Vector512.Sum(a + b + c + d);
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
