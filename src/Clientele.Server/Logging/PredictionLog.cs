using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Threading.Channels;
using Clientele.Learning;
using Clientele.Segments;
using Clientele.Settings;

namespace Clientele.Server.Logging;

/// <summary>Keeps a sample of predictions for drift checks. Noting never waits: what the writer cannot keep up with is left out, and counted.</summary>
internal sealed class PredictionLog : IAsyncDisposable
{
    private const int MostWaiting = 65_536, MostAtOnce = 4_096;

    private readonly Channel<PredictionRecord> waiting = Channel.CreateBounded<PredictionRecord>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly PredictionFiles files;
    private readonly TimeProvider clock;
    private readonly Task writing;
    private volatile ServeSettings settings;
    private long seen, written, leftOut;

    /// <param name="folder">Of the workspace.</param>
    public PredictionLog(string folder, ServeSettings settings, TimeProvider clock)
    {
        (this.clock, this.settings) = (clock, settings);
        files = new(Path.Combine(folder, PredictionFiles.Folder), $"{Environment.ProcessId}", settings.LogDays, (long)settings.LogMib << 20);
        writing = Task.Run(Write);
    }

    /// <summary>How large a share is noted, and how much is kept for how long, from now on.</summary>
    public void Follow(ServeSettings now) => settings = now;

    public long Written => Volatile.Read(ref written);
    /// <summary>Chosen, but not written: too many at once, the day's file full, or no place to write.</summary>
    public long LeftOut => Volatile.Read(ref leftOut);

    /// <summary>Notes a sample of customers and their segments.</summary>
    /// <param name="rows">n × the model's features.</param>
    /// <param name="answers">n.</param>
    public void Note(string model, long version, Matrix rows, SegmentAssignment answers) =>
        Note(model, version, rows, i => (answers.Labels[i] + 1, answers.Distances[i], answers.Outliers[i], double.NaN));

    /// <summary>Notes a sample of places and the segments nearest to them.</summary>
    public void Note(string model, long version, Matrix places, IReadOnlyList<int> labels) => Note(model, version, places, i => (labels[i] + 1, double.NaN, false, double.NaN));

    /// <summary>Notes a sample of customers and what they will be worth.</summary>
    public void Note(string model, long version, Matrix rows, IReadOnlyList<double> values) => Note(model, version, rows, i => (0, double.NaN, false, values[i]));

    private void Note(string model, long version, Matrix rows, Func<int, (int Segment, double Distance, bool IsOutlier, double Value)> answer)
    {
        double share = settings.LogShare;
        ulong below = share >= 1 ? ulong.MaxValue : (ulong)(share * ulong.MaxValue);
        if (below == 0)
            return;
        ulong first = (ulong)Interlocked.Add(ref seen, rows.Rows) - (ulong)rows.Rows;
        for (int i = 0; i < rows.Rows; i++)
            if (Mixed(first + (ulong)i) <= below)
            {
                var (segment, distance, isOutlier, value) = answer(i);
                if (!waiting.Writer.TryWrite(new(clock.GetUtcNow(), model, version, Digest(rows.Row(i)), segment, distance, isOutlier, value)))
                    Interlocked.Increment(ref leftOut);
            }
    }

    // Ends when the channel is closed and empty: what was noted before is written.
    private async Task Write()
    {
        var batch = new List<PredictionRecord>(MostAtOnce);
        while (await waiting.Reader.WaitToReadAsync())
        {
            while (batch.Count < MostAtOnce && waiting.Reader.TryRead(out var record))
                batch.Add(record);
            int left = batch.Count;
            try
            {
                files.Keep(settings.LogDays, (long)settings.LogMib << 20);
                left = files.Append(batch);
            }
            catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
            {
                // Counted as left out below: a full disk must not stop the service.
            }
            Interlocked.Add(ref leftOut, left);
            Interlocked.Add(ref written, batch.Count - left);
            batch.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await writing;
        files.Dispose();
    }

    // Spreads a count evenly over 64 bits (the finaliser of SplitMix64), so that every share is an even sample and the same one each time.
    private static ulong Mixed(ulong count)
    {
        count += 0x9E3779B97F4A7C15;
        count = (count ^ (count >> 30)) * 0xBF58476D1CE4E5B9;
        count = (count ^ (count >> 27)) * 0x94D049BB133111EB;
        return count ^ (count >> 31);
    }

    private static ulong Digest(ReadOnlySpan<double> row)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(row), digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }
}
