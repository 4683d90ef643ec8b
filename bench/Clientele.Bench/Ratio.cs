using System.Diagnostics;
using System.Globalization;

namespace Clientele.Bench;

/// <summary>Ours against a peer, in turns on the same machine: the ratio of each pair counts, not the seconds.</summary>
internal static class Ratio
{
    /// <summary>Each round runs all of ours, then the peer once. Prints one line for each of ours and adds it to the history.</summary>
    public static async Task Measure(string peerName, int rounds, Func<Task<Measured>> peer, params (string What, Func<Task<Measured>> Run)[] ours)
    {
        var measured = ours.Select(_ => new List<(Measured Ours, Measured Peer)>()).ToList();
        for (int round = 0; round < rounds; round++)
        {
            var mine = new List<Measured>();
            foreach (var (_, run) in ours)
                mine.Add(await run());
            var theirs = await peer();
            for (int i = 0; i < ours.Length; i++)
                measured[i].Add((mine[i], theirs));
        }
        for (int i = 0; i < ours.Length; i++)
            Report(ours[i].What, peerName, measured[i]);
    }

    /// <summary>In turns after one round each to warm up: the median of the paired ratios, with its spread. Added to the history.</summary>
    /// <returns>The median ratio, and our median seconds.</returns>
    public static (double Times, double Seconds) Measure(string what, int rounds, Action ours, Peer peer) => Measure(what, rounds, () => Seconds(ours), peer);

    /// <param name="ours">One round; returns the seconds that count.</param>
    public static (double Times, double Seconds) Measure(string what, int rounds, Func<double> ours, Peer peer)
    {
        ours();
        peer.Round();
        var pairs = new List<(double Ours, double Peer)>();
        for (int round = 0; round < rounds; round++)
            pairs.Add((ours(), peer.Round().Seconds));
        double[] ratios = [.. pairs.Select(pair => pair.Peer / pair.Ours).Order()];
        (double times, double seconds) = (Median(ratios), Median(pairs.Select(pair => pair.Ours)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what,-64} {times,6:0.0} × {peer.Version} [{ratios[0]:0.0} – {ratios[^1]:0.0}]   {seconds:0.00000} s / {Median(pairs.Select(pair => pair.Peer)):0.0000} s"));
        History.Add($"{what}: times as fast as {peer.Version}", times);
        return (times, seconds);
    }

    private static void Report(string what, string peerName, List<(Measured Ours, Measured Peer)> pairs)
    {
        double[] ratios = [.. pairs.Select(pair => pair.Peer.Elapsed / pair.Ours.Elapsed).Order()];
        (double seconds, double peerSeconds) = (Median(pairs.Select(pair => pair.Ours.Elapsed.TotalSeconds)), Median(pairs.Select(pair => pair.Peer.Elapsed.TotalSeconds)));
        (double memory, double peerMemory) = (pairs.Max(pair => pair.Ours.PeakBytes) / 1e6, pairs.Max(pair => pair.Peer.PeakBytes) / 1e6);
        double ratio = Median(ratios);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what,-52} {ratio,5:0.0} × {peerName} [{ratios[0]:0.0} – {ratios[^1]:0.0}]   {seconds:0.00} s / {peerSeconds:0.0} s   memory {memory:0} MB / {peerMemory:0} MB"));
        History.Add($"{what}: times as fast as {peerName}", ratio);
        History.Add($"{what}: memory, share of {peerName}", memory / peerMemory);
    }

    public static double Seconds(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
