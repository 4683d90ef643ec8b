using Clientele.Problems;
using Clientele.Server.Models;
using Clientele.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Clientele.Server.Batches;

/// <summary>Works on one job after the other, the oldest first; one that was begun before a crash goes on from its last checkpoint.</summary>
internal sealed partial class BatchQueue(BatchStore store, ServedModels models, ServeSettings settings, BatchMeter meter, TimeProvider clock, ILogger<BatchQueue> log) : BackgroundService
{
    // How often it looks for jobs that another process of the workspace left behind, and for those whose time is over.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    // An upload that has not grown for so long was left by a process that was killed.
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim news = new(0);
    private readonly Lock gate = new();
    private (string Id, CancellationTokenSource Cancel)? atWork;

    /// <summary>There is a new job.</summary>
    public void Tell() => news.Release();

    /// <summary>Stops work on a job, if it is this process's.</summary>
    public void Cancel(string id)
    {
        lock (gate)
            if (atWork is { } work && work.Id == id)
                work.Cancel.Cancel();
        Tell();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                Tidy();
                foreach (var job in store.All().Where(job => !job.Standing.HasEnded))
                    await Take(job.Order.Id, stoppingToken);
            }
            catch (Exception wrong) when (BatchProblems.IsOfDisk(wrong))
            {
                Disk(wrong.Message);
            }
            using var wake = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(news.WaitAsync(wake.Token), Task.Delay(Look, clock, wake.Token));
            await wake.CancelAsync();
        }
    }

    private void Tidy()
    {
        var now = clock.GetUtcNow();
        store.Sweep(now - Abandoned);
        foreach (var job in store.All())
            if (job.Standing.EndedAt is { } ended && ended.AddDays(settings.BatchDays) <= now)
                store.Remove(job.Order.Id);
    }

    private async Task Take(string id, CancellationToken stop)
    {
        using var held = store.Hold(id);
        // Looked at again: another process may have ended it since.
        if (held is null || store.Find(id) is not { Standing.HasEnded: false } job)
            return;
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stop);
        lock (gate)
            atWork = (id, cancel);
        try
        {
            if (await Work(job, cancel.Token, stop) is { } ended)
                End(id, ended);
        }
        finally
        {
            lock (gate)
                atWork = null;
        }
    }

    /// <returns>How it ended; null: it did not, and goes on when the service starts again.</returns>
    private async Task<BatchStanding?> Work(BatchJob job, CancellationToken cancel, CancellationToken stop)
    {
        try
        {
            if (job.IsToEnd)
                return Ended(BatchState.Cancelled, null);
            var model = await Model(job.Order, cancel);
            var begun = job.Standing with { State = BatchState.Running, StartedAt = job.Standing.StartedAt ?? clock.GetUtcNow() };
            if (job.Order.Format == BatchFormat.Parquet && !File.Exists(store.TextOf(job.Order.Id)))
            {
                store.Save(job.Order.Id, begun);
                await ParquetFiles.ToCsv(store.InputOf(job.Order.Id), store.TextOf(job.Order.Id), cancel);
            }
            return await Task.Factory.StartNew(() => Score(job.Order, begun, model, cancel), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (OperationCanceledException)
        {
            return stop.IsCancellationRequested ? null : Ended(BatchState.Cancelled, null);
        }
        catch (ProblemException wrong)
        {
            return Ended(BatchState.Failed, wrong.Problem with { Where = null });
        }
        catch (Exception wrong) when (BatchProblems.IsOfDisk(wrong))
        {
            Disk(wrong.Message);
            return Ended(BatchState.Failed, BatchProblems.NoRoom);
        }
        catch (Exception bug)
        {
            string mistake = Guid.NewGuid().ToString("N")[..8];
            Mistake(mistake, bug);
            return Ended(BatchState.Failed, BatchProblems.Mistake(mistake));
        }

        // With what was saved of it last.
        BatchStanding Ended(BatchState state, Problem? why) => (store.Find(job.Order.Id)?.Standing ?? job.Standing) with { State = state, Problem = why };
    }

    private async Task<ServedModel> Model(BatchOrder order, CancellationToken cancel)
    {
        try
        {
            return await models.Of(order.ModelVersion, cancel);
        }
        catch (ProblemException gone)
        {
            throw new ProblemException(BatchProblems.ModelGone, gone);
        }
    }

    private BatchStanding Score(BatchOrder order, BatchStanding begun, ServedModel model, CancellationToken cancel)
    {
        var input = BatchInput.Open(order.Format == BatchFormat.Parquet ? store.TextOf(order.Id) : store.InputOf(order.Id), order.Format, model);
        var standing = begun with { Kind = input.Kind, PassedOver = input.Shape?.PassedOver ?? [] };
        store.Save(order.Id, standing);
        var work = new BatchWork(model, input, new(store.ResultOf(order.Id), store.QuarantineOf(order.Id), store.ScratchOf(order.Id)), order.AsOf, settings.BatchRows, threads: 0);
        var told = standing.Progress?.Counts ?? default;
        var end = work.Run(standing.Progress, progress =>
        {
            meter.Scored(new(progress.Counts.Read - told.Read, progress.Counts.Quarantined - told.Quarantined, 0));
            told = progress.Counts;
            store.Save(order.Id, standing = standing with { Progress = progress });
            if (store.Find(order.Id) is not { IsToEnd: false })
                throw new OperationCanceledException();
        }, cancel);
        return standing with { State = BatchState.Completed, Progress = end };
    }

    private void End(string id, BatchStanding ended)
    {
        store.Save(id, ended with { EndedAt = clock.GetUtcNow() });
        store.Clear(id, withResult: ended.State != BatchState.Completed);
        meter.Ended(ended.State);
        Over(id[..8], ended.State, ended.Progress?.Counts.Read ?? 0, ended.Problem?.Kind ?? "");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Batch {Id}… {State}: {Rows} rows. {Problem}")]
    private partial void Over(string id, BatchState state, long rows, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "The disk does not take what a batch writes: {Why}")]
    private partial void Disk(string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "A mistake of ours, id {Id}, in a batch.")]
    private partial void Mistake(string id, Exception bug);
}
