namespace Clientele.Server.Metrics;

/// <summary>How often durations fell below each bound. Any number of threads may note at once.</summary>
internal sealed class Histogram
{
    /// <summary>Upper bounds in seconds, those that Prometheus' Python client and ASP.NET Core use.</summary>
    public static IReadOnlyList<double> Bounds { get; } = [.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10];

    private static readonly long[] Ticks = [.. Bounds.Select(bound => (long)(bound * TimeSpan.TicksPerSecond))];
    private readonly long[] counts = new long[Ticks.Length + 1];
    private long ticks;

    public void Note(TimeSpan taken)
    {
        int bucket = 0;
        while (bucket < Ticks.Length && taken.Ticks > Ticks[bucket])
            bucket++;
        Interlocked.Increment(ref counts[bucket]);
        Interlocked.Add(ref ticks, taken.Ticks);
    }

    /// <summary>Notes so far, by bucket, the last without a bound; and their sum in seconds.</summary>
    public (long[] Counts, double Seconds) Read()
    {
        long[] now = new long[counts.Length];
        for (int i = 0; i < now.Length; i++)
            now[i] = Volatile.Read(ref counts[i]);
        return (now, (double)Volatile.Read(ref ticks) / TimeSpan.TicksPerSecond);
    }
}
