using System.Globalization;
using System.Text.RegularExpressions;

namespace Clientele.Bench.Serving;

/// <summary>Whether memory stays flat while very many requests are answered at full speed.</summary>
internal static partial class ServeSoak
{
    private const int Connections = 64, Samples = 10;

    // The first tenth warms up; from there on memory may not grow by more than this share.
    private const double Flat = 1.1;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    /// <param name="requests">Sampled at each tenth of them.</param>
    public static async Task Run(int requests)
    {
        var shop = await ServingShop.Open();
        Wrk.Prepare(shop.Bodies);
        await using var ours = await ServingProcess.Ours(shop.Folder);
        var samples = new List<(double Requests, double Resident, double Heap)>();
        double next = (double)requests / Samples, allocated = 0, start = Value(await ours.Get("/metrics"), "process_resident_memory_bytes");
        while (samples.Count < Samples)
        {
            await Wrk.Run(ours, Connections, Turn);
            string metrics = await ours.Get("/metrics");
            double answered = Value(metrics, "clv_requests_total");
            if (answered < next)
                continue;
            var sample = (answered, Value(metrics, "process_resident_memory_bytes"), Value(metrics, "dotnet_gc_last_collection_heap_size_bytes"));
            allocated = Value(metrics, "dotnet_gc_heap_allocated_bytes_total") / answered;
            samples.Add(sample);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{answered,12:N0} requests   resident {sample.Item2 / 1e6,6:0.0} MB   heap {sample.Item3 / 1e6,6:0.0} MB"));
            next += (double)requests / Samples;
        }
        double growth = samples.Skip(1).Max(sample => sample.Resident) / samples[0].Resident;
        double slope = Slope([.. samples.Select(sample => (sample.Requests, sample.Resident))]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"soak of {samples[^1].Requests:N0} requests: {(growth <= Flat ? "flat" : "NOT FLAT")}, resident {start / 1e6:0.0} MB before the first, {samples[0].Resident / 1e6:0.0} after the first tenth, {samples[^1].Resident / 1e6:0.0} at the end,"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {ProcessTree.PeakBytes(ours.Id) / 1e6:0.0} at most ({growth:0.00} × that after the first tenth at the samples); from the first tenth on {slope / 1e6 * 1e5:+0.00;-0.00;0.00} MB per 100,000 requests; {allocated:N0} bytes allocated a request"));
        History.Add($"serve: soak of {requests:N0} requests: most resident memory, times that after the first tenth", growth);
        History.Add($"serve: soak of {requests:N0} requests: MB that resident memory grows per 100,000", slope / 1e6 * 1e5);
        History.Add("serve: bytes allocated a request", allocated);
    }

    // Least squares.
    private static double Slope(IReadOnlyList<(double X, double Y)> points)
    {
        double x = points.Average(point => point.X), y = points.Average(point => point.Y);
        return points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
    }

    private static double Value(string metrics, string name) => double.Parse(
        Sample().Matches(metrics).First(sample => sample.Groups["name"].Value == name).Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<name>[a-z_]+) (?<value>\S+)$", RegexOptions.Multiline)]
    private static partial Regex Sample();
}
