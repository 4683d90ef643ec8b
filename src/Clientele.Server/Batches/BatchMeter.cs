using Clientele.Server.Metrics;

namespace Clientele.Server.Batches;

/// <summary>What this process counts of batches.</summary>
internal sealed class BatchMeter(BatchStore store)
{
    private readonly Dictionary<BatchState, long> ended = new() { [BatchState.Completed] = 0, [BatchState.Failed] = 0, [BatchState.Cancelled] = 0 };
    private readonly Lock gate = new();
    private BatchCounts rows;

    public void Ended(BatchState state)
    {
        lock (gate)
            ended[state]++;
    }

    /// <param name="more">Since it was told last.</param>
    public void Scored(BatchCounts more)
    {
        lock (gate)
            rows += more;
    }

    public void Expose(Exposition now)
    {
        var jobs = store.All();
        lock (gate)
        {
            now.Family("clientele_batches", "gauge", "Batches of the workspace that wait or are at work.");
            foreach (var state in (BatchState[])[BatchState.Waiting, BatchState.Running])
                now.Sample("clientele_batches", jobs.Count(job => job.Standing.State == state), ("state", Word(state)));
            now.Family("clientele_batches_total", "counter", "Batches that this process ended.");
            foreach (var (state, count) in ended)
                now.Sample("clientele_batches_total", count, ("result", Word(state)));
            now.Family("clientele_batch_rows_total", "counter", "Rows of batches that this process read.");
            now.Sample("clientele_batch_rows_total", rows.Scored, ("result", "scored")).Sample("clientele_batch_rows_total", rows.Quarantined, ("result", "quarantined"));
        }
    }

    private static string Word(BatchState state) => state.ToString().ToLowerInvariant();
}
