using System.Text.Json;
using System.Threading.Channels;
using Clientele.Artifacts;
using Clientele.Problems;
using Clientele.Settings;
using Clientele.Tracking;

namespace Clientele.Pipeline;

/// <summary>
/// A run while it is at work, as the store knows it. It is entered beside the first step, and what happens is written down in its order a little later, so that no step waits for the store.
/// </summary>
internal sealed class LiveRun : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly TimeProvider clock;
    private readonly Channel<RunNews> news = Channel.CreateUnbounded<RunNews>(new() { SingleReader = true });
    private readonly TaskCompletionSource<IReadOnlyList<string>> planned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource stopped = new();
    private readonly Task<(WorkspaceStore Store, HeldRun Held)> entered;
    private readonly Task telling;
    private readonly bool lent;
    private volatile HeldRun? held;

    private LiveRun(string workspace, WorkspaceSettings settings, string kind, RunOptions options, TimeProvider clock)
    {
        this.clock = clock;
        lent = options.Held is not null;
        entered = Task.Run(() => Enter(workspace, settings, kind, options));
        telling = Task.Run(Tell);
    }

    /// <summary>Enters a run into the store of its workspace; runs whose process is gone are told as crashed on the way.</summary>
    public static LiveRun Begin(string workspace, WorkspaceSettings settings, string kind, RunOptions options, TimeProvider clock) => new(workspace, settings, kind, options, clock);

    /// <summary>There is nothing left to work for: somebody asked for it to be cancelled, it is no longer ours, or the store cannot be written to.</summary>
    public CancellationToken Stopped => stopped.Token;

    /// <summary>Whether somebody asked for it to be cancelled.</summary>
    public bool CancelRequested => held is { CancelRequested: true };

    /// <summary>When it is entered.</summary>
    public async Task<string> Id() => (await entered).Held.Id;

    /// <summary>When it is entered: the store that it stands in.</summary>
    public async Task<WorkspaceStore> Store() => (await entered).Store;

    /// <summary>Says which steps there will be, in their order, before any of them.</summary>
    public void Plan(IReadOnlyList<string> steps) => planned.TrySetResult(steps);

    /// <param name="text">What it found, or why it ended so.</param>
    public void Step(string step, RunState state, string text = "", string? cacheKey = null) => news.Writer.TryWrite(new(clock.GetUtcNow(), step, state, LevelOf(state), text, cacheKey));

    /// <summary>Asks nobody: a process that was frozen for longer than a lease has no business here any more.</summary>
    /// <exception cref="ProblemException"><c>runs/lost</c>.</exception>
    public void MustBeOurs()
    {
        if (held is { IsWithinLease: false } lost)
            throw new ProblemException(new("runs/lost", $"This process gave no sign of life for longer than it may hold the run {lost.Id}.", $"Take it up again: clientele runs resume {lost.Id}."));
    }

    /// <summary>Makes results visible while nobody else can take the run.</summary>
    public async Task Publish(Action work, RunFacts facts, CancellationToken cancel)
    {
        var (_, run) = await entered;
        await Patiently(run, () => run.Publish(work, facts, cancel), cancel);
    }

    /// <summary>Ends the run, when all that happened is written down.</summary>
    public async Task End(RunState state, string? reason)
    {
        Finish();
        await telling;
        var (_, run) = await entered;
        await Patiently(run, () => run.End(state, reason), default);
    }

    public async ValueTask DisposeAsync()
    {
        Finish();
        await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (entered.IsCompletedSuccessfully)
        {
            var (store, run) = await entered;
            if (!lent)
                await run.DisposeAsync();
            await store.DisposeAsync();
        }
        stopped.Dispose();
    }

    private async Task<(WorkspaceStore, HeldRun)> Enter(string workspace, WorkspaceSettings settings, string kind, RunOptions options)
    {
        var store = await WorkspaceStore.Open(workspace, settings, clock, default);
        try
        {
            await store.Runs.NoticeDead();
            byte[] told = JsonSerializer.SerializeToUtf8Bytes(settings, ArtifactJson.Options);
            var run = new NewRun
            {
                Experiment = store.Name,
                Kind = kind,
                Parent = options.Parent,
                Resumes = options.Resumes,
                CodeVersion = ProductVersion.Text,
                SettingsDigest = Digests.Of(told),
                Settings = System.Text.Encoding.UTF8.GetString(told),
                Params = RunFigures.Params(settings),
                Tags = options.Tags,
                Taken = id => Path.Exists(Path.Combine(workspace, "runs", id)),
            };
            var taken = options.Held ?? await store.Runs.Begin(run);
            held = taken;
            taken.Stopped.Register(Stop);
            if (lent)
                await taken.Describe(run);
            return (store, taken);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    private async Task Tell()
    {
        try
        {
            var (_, run) = await entered;
            var steps = await planned.Task;
            await Patiently(run, () => run.Plan(steps), default);
            while (await news.Reader.WaitToReadAsync())
            {
                var batch = new List<RunNews>();
                while (news.Reader.TryRead(out var next))
                    batch.Add(next);
                await Patiently(run, () => run.Tell(batch), default);
            }
        }
        catch
        {
            Stop();
            throw;
        }
    }

    private void Finish()
    {
        planned.TrySetResult([]);
        news.Writer.TryComplete();
    }

    private void Stop()
    {
        try
        {
            stopped.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It is over.
        }
    }

    // A store that is locked or away for a moment does not end a run: it stays ours for as long as the lease lasts.
    private static async Task Patiently(HeldRun run, Func<Task> write, CancellationToken cancel)
    {
        while (true)
            try
            {
                await write();
                return;
            }
            catch (ProblemException away) when (away.Problem.Kind is "store/busy" or "store/unreachable" && run.IsWithinLease)
            {
                await Task.Delay(Pause, cancel);
            }
    }

    private static LogLevel LevelOf(RunState state) => state switch
    {
        RunState.Failed or RunState.Crashed => LogLevel.Error,
        RunState.Retrying or RunState.Cancelled => LogLevel.Warning,
        _ => LogLevel.Information,
    };
}
