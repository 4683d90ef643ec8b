using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Text;
using Clientele.Problems;
using Clientele.Server.Models;

namespace Clientele.Server.Batches;

/// <summary>How far the work is: everything before is in the files and on the disk, so it can go on from here after a crash.</summary>
/// <param name="Rows">Of the whole file.</param>
/// <param name="Counts">So far.</param>
/// <param name="At">Of the next block: a place in the file; or the number of an order file's next part.</param>
/// <param name="AsOf">Reference date of order lines; null: there are none, or it is not known yet.</param>
internal sealed record BatchProgress(long Rows, BatchCounts Counts, FilePlace At, long ResultBytes, long QuarantineBytes, DateOnly? AsOf);

/// <summary>Where the work is done.</summary>
/// <param name="Scratch">A folder for parts of order files; made when needed, and taken away.</param>
internal sealed record BatchPlaces(string Result, string Quarantine, string Scratch);

/// <summary>Scores a file: blocks over all cores, results and quarantine in the order of the file.</summary>
/// <param name="asOf">Reference date of order lines; null: the later of the model's and the day of the file's last line that counts.</param>
/// <param name="mostRows">More are refused.</param>
/// <param name="threads">0: all cores. The files are the same on any number.</param>
internal sealed class BatchWork(ServedModel model, BatchInput input, BatchPlaces places, DateOnly? asOf, long mostRows, int threads)
{
    private const long FirstCheckpoint = 1 << 20;

    private static readonly TimeSpan TimeBetweenCheckpoints = TimeSpan.FromSeconds(1);

    /// <summary>Of the result: so much is done again at most after a crash, or what comes in <see cref="TimeBetweenCheckpoints"/>. The first comes sooner.</summary>
    public long BytesBetweenCheckpoints { get; init; } = 16 << 20;

    /// <summary>Of the parts of an order file. It must be the same when work goes on after a crash.</summary>
    public long PartBytes { get; init; } = 16 << 20;

    private readonly int workers = threads == 0 ? Environment.ProcessorCount : threads;

    /// <param name="from">Null: the beginning.</param>
    /// <param name="checkpoint">Is told now and then, and at the end.</param>
    /// <exception cref="ProblemException"><c>batches/rows</c>: there are too many.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public BatchProgress Run(BatchProgress? from, Action<BatchProgress> checkpoint, CancellationToken cancel)
    {
        var begun = from ?? Begin(checkpoint, cancel);
        using var result = Continue(places.Result, BlockScorer.ResultHeader, begun.ResultBytes);
        using var quarantine = Continue(places.Quarantine, AskedRows.QuarantineHeader, begun.QuarantineBytes);
        using var file = input.OpenFile();
        BatchProgress end;
        if (input.Kind == RowKind.Orders)
        {
            int parts = Divide(file, cancel);
            begun = begun with { AsOf = begun.AsOf ?? asOf ?? LastDay(parts, cancel) };
            end = Score(OrderParts.Reader(places.Scratch, parts, begun.At.Offset), begun, result, quarantine, checkpoint, cancel);
            Directory.Delete(places.Scratch, recursive: true);
        }
        else
        {
            end = Score(input.Reader(file, begun.At), begun, result, quarantine, checkpoint, cancel);
        }
        return end;
    }

    private BatchProgress Begin(Action<BatchProgress> checkpoint, CancellationToken cancel)
    {
        long rows = input.Count(cancel);
        if (rows > mostRows)
            throw new ProblemException(BatchProblems.TooManyRows(mostRows));
        var begun = new BatchProgress(rows, default, input.Kind == RowKind.Orders ? default : input.Start, 0, 0, null);
        checkpoint(begun);
        return begun;
    }

    // The parts are the same every time, so those that a crash left are made again.
    private int Divide(FileStream file, CancellationToken cancel)
    {
        if (Directory.Exists(places.Scratch))
            Directory.Delete(places.Scratch, recursive: true);
        Directory.CreateDirectory(places.Scratch);
        int parts = OrderParts.Of(file.Length, PartBytes);
        OrderParts.Write(input.Reader(file, input.Start), input.Shape!, OrderColumns.Of(input.Shape!.Headers, model)!, places.Scratch, parts, cancel);
        return parts;
    }

    private DateOnly LastDay(int parts, CancellationToken cancel)
    {
        var lines = new OrderRows(input.Shape!, model, model.Recipe.ReferenceDate);
        var read = OrderParts.Reader(places.Scratch, parts, 0);
        var block = new RecordBlock();
        var last = model.Recipe.ReferenceDate;
        while (read(block))
        {
            cancel.ThrowIfCancellationRequested();
            last = lines.LastDay(block) is { } day && day > last ? day : last;
        }
        return last;
    }

    private BatchProgress Score(Func<RecordBlock, bool> read, BatchProgress progress, FileStream result, FileStream quarantine, Action<BatchProgress> checkpoint, CancellationToken cancel)
    {
        using var work = new BlockingCollection<Slot>();
        Thread[] crew = [.. Enumerable.Range(0, workers).Select(_ => new Thread(() => Work(work)) { IsBackground = true, Name = "batch" })];
        foreach (var thread in crew)
            thread.Start();
        var (free, underWay) = (new Queue<Slot>(Enumerable.Range(0, 2 * workers).Select(_ => new Slot(new(model, input.Form(model, progress.AsOf))))), new Queue<Slot>());
        try
        {
            (long savedAt, long savedTime, long due) = (result.Position, Stopwatch.GetTimestamp(), Math.Min(FirstCheckpoint, BytesBetweenCheckpoints));
            for (bool more = true; more || underWay.Count > 0;)
            {
                while (more && free.TryPeek(out var next))
                {
                    cancel.ThrowIfCancellationRequested();
                    if (more = read(next.Scorer.Block))
                    {
                        underWay.Enqueue(free.Dequeue());
                        work.Add(next, cancel);
                    }
                }
                if (!underWay.TryDequeue(out var first))
                    break;
                progress = Write(first, progress, result, quarantine);
                free.Enqueue(first);
                if (result.Position - savedAt >= due || Stopwatch.GetElapsedTime(savedTime) > TimeBetweenCheckpoints)
                {
                    Save(progress, result, quarantine, checkpoint);
                    (savedAt, savedTime, due) = (result.Position, Stopwatch.GetTimestamp(), Math.Min(2 * due, BytesBetweenCheckpoints));
                }
            }
            Save(progress, result, quarantine, checkpoint);
            return progress;
        }
        finally
        {
            work.CompleteAdding();
            foreach (var thread in crew)
                thread.Join();
            foreach (var slot in free.Concat(underWay))
                slot.Dispose();
        }
    }

    private static BatchProgress Write(Slot slot, BatchProgress progress, FileStream result, FileStream quarantine)
    {
        slot.Wait();
        result.Write(slot.Scorer.Result.WrittenSpan);
        quarantine.Write(slot.Scorer.Quarantine.WrittenSpan);
        return progress with { Counts = progress.Counts + slot.Scorer.Counts, At = slot.Scorer.Block.End, ResultBytes = result.Position, QuarantineBytes = quarantine.Position };
    }

    private static void Save(BatchProgress progress, FileStream result, FileStream quarantine, Action<BatchProgress> checkpoint)
    {
        result.Flush(flushToDisk: true);
        quarantine.Flush(flushToDisk: true);
        checkpoint(progress);
    }

    private static void Work(BlockingCollection<Slot> work)
    {
        foreach (var slot in work.GetConsumingEnumerable())
            slot.Work();
    }

    // What a crash left beyond the last checkpoint is cut off.
    private static FileStream Continue(string path, string header, long bytes)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
        file.SetLength(bytes);
        file.Position = bytes;
        if (bytes == 0)
            file.Write(Encoding.UTF8.GetBytes(header));
        return file;
    }

    // A block on its way through a worker.
    private sealed class Slot(BlockScorer scorer) : IDisposable
    {
        private readonly ManualResetEventSlim done = new();
        private Exception? mistake;

        public BlockScorer Scorer => scorer;

        public void Work()
        {
            try
            {
                scorer.Work();
            }
            catch (Exception wrong)
            {
                mistake = wrong;      // told where the work was asked for
            }
            done.Set();
        }

        public void Wait()
        {
            done.Wait();
            done.Reset();
            if (mistake is not null)
                ExceptionDispatchInfo.Throw(mistake);
        }

        public void Dispose() => done.Dispose();
    }
}
