using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Clientele.Bench.Serving;

/// <summary><c>clientele serve</c> with nothing beside it and while its scheduler trains a run on the same machine: at full speed, and when little is asked. wrk takes its share of the same cores.</summary>
internal static class ServeBeside
{
    private const int Connections = 16, Customers = 20_000;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(3), WarmUp = TimeSpan.FromSeconds(5), Between = TimeSpan.FromMilliseconds(100), LongestWait = TimeSpan.FromSeconds(60);
    private static readonly (string Name, TimeSpan Pause)[] Paces = [("at full speed", TimeSpan.Zero), ("10 ms after each answer", TimeSpan.FromMilliseconds(10))];

    /// <param name="rounds">Each gives the service two turns at each pace: with the run frozen, and with it at work.</param>
    /// <param name="nice">What <c>scheduler_nice</c> is set to.</param>
    public static async Task Run(int rounds, string nice)
    {
        var shop = await ServingShop.Open();
        Wrk.Prepare(shop.Bodies);
        // A copy of its own: the run changes the shop, and is cut off in the end.
        string folder = Path.Combine(Checkout.Scratch, $"serve-beside-{Environment.ProcessId}"), grown = Path.Combine(folder, "grown");
        await MeasuredProcess.Run("cp", "-a", shop.Folder, folder);
        string settings = Path.Combine(folder, "clientele.yaml");
        await File.WriteAllTextAsync(settings, (await File.ReadAllTextAsync(settings)).Replace("scheduler_nice: 10 ", $"scheduler_nice: {nice} ", StringComparison.Ordinal));
        try
        {
            await MeasuredProcess.Ours("data", "generate", grown, "--customers", $"{Customers}");
            await MeasuredProcess.Ours("schedule", "add", "incoming", "--files", "orders.csv", "--settled", "0", "--workspace", folder);
            await using var serving = await ServingProcess.Ours(folder);
            await Wrk.Run(serving, Connections, WarmUp);
            string run = await Begin(serving, folder, Path.Combine(grown, "orders.csv"));
            var pairs = Paces.Select(_ => new List<Pair>()).ToArray();
            for (int round = 0; round < rounds; round++)
                for (int i = 0; i < Paces.Length; i++)
                {
                    pairs[i].Add(await Measure(serving, Paces[i].Pause));
                    if (await AtWork(serving) != run)
                        throw new InvalidOperationException("The run ended before everything was measured; ask for fewer rounds.");
                }
            for (int i = 0; i < Paces.Length; i++)
                Compare($"scheduler_nice: {nice}, {Paces[i].Name}", pairs[i]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Frozen, the run takes nothing of the processors; so both turns fall into the same moment of the machine.
    private static async Task<Pair> Measure(ServingProcess serving, TimeSpan pause)
    {
        await ProcessTree.SignalBelow(serving.Id, "STOP");
        var alone = await Wrk.Run(serving, Connections, Turn, pause);
        await ProcessTree.SignalBelow(serving.Id, "CONT");
        var (begun, before) = (Stopwatch.GetTimestamp(), ProcessTree.ProcessorTimeBelow(serving.Id));
        var beside = await Wrk.Run(serving, Connections, Turn, pause);
        return new(alone, beside, (ProcessTree.ProcessorTimeBelow(serving.Id) - before) / Stopwatch.GetElapsedTime(begun));
    }

    // Orders that change make a run due; so many that it lasts.
    private static async Task<string> Begin(ServingProcess serving, string folder, string orders)
    {
        File.Move(orders, Path.Combine(folder, "orders.csv"), overwrite: true);
        string? run = null;
        for (long begun = Stopwatch.GetTimestamp(); (run = await AtWork(serving)) is null; await Task.Delay(Between))
            if (Stopwatch.GetElapsedTime(begun) > LongestWait)
                throw new InvalidOperationException("The scheduler began no run.");
        return run;
    }

    private static async Task<string?> AtWork(ServingProcess serving) =>
        JsonNode.Parse(await serving.Get("/api/v1/runs?limit=1"))!["runs"]![0] is { } newest && (string)newest["state"]! == "Running" ? (string)newest["id"]! : null;

    private static void Compare(string pace, List<Pair> pairs)
    {
        string what = $"serve beside a run, {pace}";
        Console.WriteLine($"{what}, {Connections} connections");
        foreach (var (name, loads) in new[] { ("alone", pairs.ConvertAll(pair => pair.Alone)), ("beside", pairs.ConvertAll(pair => pair.Beside)) })
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {name,-8} {Median(loads.Select(load => load.PerSecond)),8:N0} requests/s   half in {Median(loads.Select(load => load.Half.TotalMilliseconds)):0.00} ms, 99 % in {Median(loads.Select(load => load.Most.TotalMilliseconds)):0.00} ms"));
        double[] ratios = [.. pairs.Select(pair => pair.Beside.PerSecond / pair.Alone.PerSecond).Order()], tails = [.. pairs.Select(pair => pair.Beside.Most / pair.Alone.Most).Order()];
        double share = Median(pairs.Select(pair => pair.Share));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {Median(ratios):0.00} × the requests [{ratios[0]:0.00} – {ratios[^1]:0.00}], 99 % take {Median(tails):0.0} × as long [{tails[0]:0.0} – {tails[^1]:0.0}]; the run has {share:0.00} of {Environment.ProcessorCount} processors"));
        History.Add($"{what}: requests/s, times those alone", Median(ratios));
        History.Add($"{what}: 99 % latency, times that alone", Median(tails));
        History.Add($"{what}: processors that the run has", share);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <param name="Share">Processors that the scheduler and all it started had.</param>
    private sealed record Pair(Load Alone, Load Beside, double Share);
}
