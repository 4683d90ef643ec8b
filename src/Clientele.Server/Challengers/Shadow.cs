using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Clientele.Learning;
using Clientele.Server.Metrics;
using Clientele.Server.Models;

namespace Clientele.Server.Challengers;

/// <summary>
/// Lets a challenger reckon what the champion answered, after the answer and beside it: one worker, whatever waits. No answer waits for it or fails with it; what it cannot keep up with is left out, and counted.
/// </summary>
internal sealed class Shadow : IAsyncDisposable
{
    /// <summary>Most customers that wait to be compared.</summary>
    public const int Room = 50_000;

    private readonly Channel<Answered> waiting = Channel.CreateUnbounded<Answered>(new() { SingleReader = true });
    private readonly CancellationTokenSource stop = new();
    private readonly Task working;
    private volatile ShadowPair? pair;
    private int room = Room;

    public Shadow() => working = Task.Run(Work);

    /// <summary>Who is compared now; null: nobody.</summary>
    public ShadowPair? Pair => pair;

    /// <summary>Compares the champion and the shadow of a line-up from now on.</summary>
    public void Follow(Lineup lineup)
    {
        if (lineup.Shadow.Model is not { } challenger)
            pair = null;
        else if (pair is not { } now || now.Champion != lineup.Champion || now.Challenger != challenger)
            pair = new(lineup.Champion, challenger);
    }

    /// <summary>Notes what a model answered, if it is the champion that is compared.</summary>
    /// <param name="rows">n × the model's features.</param>
    /// <param name="labels">n.</param>
    public void Note(ServedModel model, Matrix rows, IReadOnlyList<int> labels)
    {
        if (pair is { } now && now.Champion == model && Take(now, rows) is { } taken)
            waiting.Writer.TryWrite(new(now, taken, [.. labels.Take(taken.Rows)], null));
    }

    /// <summary>The same of values.</summary>
    /// <param name="rows">n × the nine numbers.</param>
    /// <param name="values">n.</param>
    public void Note(ServedModel model, Matrix rows, IReadOnlyList<double> values)
    {
        if (pair is { } now && now.Champion == model && Take(now, rows) is { } taken)
            waiting.Writer.TryWrite(new(now, taken, null, [.. values.Take(taken.Rows)]));
    }

    public void Expose(Exposition now)
    {
        var compared = pair;
        var figures = compared?.Figures();
        (string, string)[] labels = compared is null ? [] : [("model", compared.Challenger.Version.Model), ("version", compared.Challenger.Version.Version.ToString(CultureInfo.InvariantCulture))];
        now.Family("clientele_shadow_customers_total", "counter", "Customers whom the champion answered and the shadow reckoned too, could not, or was not asked about because too many were waiting.");
        if (figures is not null)
            foreach (var (result, count) in new[] { ("compared", figures.Segments.Customers + figures.Values), ("failed", figures.Failed), ("left_out", figures.LeftOut) })
                now.Sample("clientele_shadow_customers_total", count, [.. labels, ("result", result)]);
        now.Family("clientele_shadow_different_ratio", "gauge", "Share of customers whom the shadow sees in another segment than the champion.");
        if (figures is not null)
            now.Sample("clientele_shadow_different_ratio", figures.Segments.Customers == 0 ? 0 : (double)figures.Segments.Moved / figures.Segments.Customers, labels);
        now.Family("clientele_shadow_value_difference", "summary", "Absolute difference between the values that shadow and champion expect of a customer.");
        if (figures is not null)
            now.Sample("clientele_shadow_value_difference_sum", figures.Difference, labels).Sample("clientele_shadow_value_difference_count", figures.Values, labels);
        now.Family("clientele_shadow_duration_seconds", "histogram", "Time that the shadow takes for what the champion answered at once.");
        if (compared is not null)
            now.Sample("clientele_shadow_duration_seconds", compared.Taken, labels);
    }

    // As many as there is room for; null: none.
    private Matrix? Take(ShadowPair now, Matrix rows)
    {
        int left = Interlocked.Add(ref room, -rows.Rows);
        int taken = Math.Clamp(rows.Rows + left, 0, rows.Rows), over = rows.Rows - taken;
        if (over > 0)
        {
            Interlocked.Add(ref room, over);
            now.LeaveOut(over);
        }
        return taken == 0 ? null : new(taken, rows.Columns, rows.Values.AsSpan(0, taken * rows.Columns).ToArray());
    }

    private async Task Work()
    {
        try
        {
            await foreach (var answered in waiting.Reader.ReadAllAsync(stop.Token))
            {
                Compare(answered);
                Interlocked.Add(ref room, answered.Rows.Rows);
            }
        }
        catch (OperationCanceledException)
        {
            // What still waits is of no use to anybody.
        }
    }

    private static void Compare(Answered answered)
    {
        var (pair, rows, labels, values) = answered;
        long begun = Stopwatch.GetTimestamp();
        try
        {
            if (labels is not null)
                pair.Compare(rows, labels);
            else
                pair.Compare(rows, values!);
            pair.Taken.Note(Stopwatch.GetElapsedTime(begun));
        }
        catch (NotFiniteException)
        {
            pair.Fail(rows.Rows);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested)
            return;
        await stop.CancelAsync();
        await working;
        stop.Dispose();
    }

    /// <param name="Labels">Null: <paramref name="Values"/> were answered.</param>
    private sealed record Answered(ShadowPair Pair, Matrix Rows, int[]? Labels, double[]? Values);
}
