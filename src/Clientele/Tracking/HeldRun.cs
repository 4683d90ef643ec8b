using Clientele.Problems;
using Clientele.Storage;

namespace Clientele.Tracking;

/// <summary>
/// A run in the hands of this process. Every write says the fence that was given out with it and makes the lease longer; once the lease has run out,
/// or another has the run, or it has ended, writes are refused. While nothing is written, a heartbeat keeps the lease.
/// </summary>
public sealed class HeldRun : IAsyncDisposable
{
    private readonly Store store;
    private readonly long number, fence;
    private readonly CancellationTokenSource stopped = new();
    private readonly CancellationTokenSource disposed = new();
    private readonly Task heartbeat;
    private long renewed;

    internal HeldRun(Store store, Run run, long fence)
    {
        (this.store, Run, number, this.fence) = (store, run, run.Number, fence);
        renewed = store.Clock.GetTimestamp();
        heartbeat = Beat();
    }

    /// <summary>As it was when it was claimed.</summary>
    public Run Run { get; }
    public string Id => Run.Id;

    /// <summary>Set when somebody asked for this run to be cancelled, or it is no longer ours: there is nothing left to work for.</summary>
    public CancellationToken Stopped => stopped.Token;

    /// <summary>Whether somebody asked for it to be cancelled.</summary>
    public bool CancelRequested { get; private set; }

    /// <summary>False: so much time has passed since the store was last told of us that others may take the run for dead. Asks nobody, so it costs nothing.</summary>
    public bool IsWithinLease => store.Clock.GetElapsedTime(Interlocked.Read(ref renewed)) < Runs.Lease;

    /// <summary>Says what a run does that was planned before it was known: kind, version, settings, params and tags.</summary>
    public Task Describe(NewRun run, CancellationToken cancel = default) => Write(async session =>
    {
        await RunRows.KeepSettings(session, run);
        await session.Execute("UPDATE runs SET kind = @kind, code_version = @version, settings_digest = @settings WHERE number = @run",
            ("run", number), ("kind", run.Kind), ("version", run.CodeVersion), ("settings", run.SettingsDigest));
        await RunFactsWriter.Write(session, number, new() { Params = run.Params, Tags = run.Tags });
    }, cancel);

    /// <summary>Does, while nobody can take the run, what must be done by its holder alone, such as making results visible; and keeps what there is to tell of it.</summary>
    /// <param name="work">Begun once; short, for others wait for the store meanwhile.</param>
    /// <exception cref="ProblemException"><c>runs/lost</c>: the run is no longer ours, and nothing was done.</exception>
    public Task Publish(Action work, RunFacts facts, CancellationToken cancel = default)
    {
        facts.Check();
        bool done = false;
        return Write(async session =>
        {
            await RunFactsWriter.Write(session, number, facts);
            if (!done)
                work();
            done = true;
        }, cancel);
    }

    /// <summary>Keeps settings, figures, data and files of the run: all, or nothing.</summary>
    public Task Record(RunFacts facts, CancellationToken cancel = default)
    {
        facts.Check();
        return Write(session => RunFactsWriter.Write(session, number, facts), cancel);
    }

    /// <summary>Says which steps there will be, in their order.</summary>
    public Task Plan(IReadOnlyList<string> steps, CancellationToken cancel = default) => Write(session => session.ExecuteMany(
        "INSERT INTO steps (run, name, position, state, attempt) VALUES (@run, @name, @position, 'Pending', 0)",
        steps.Select((name, position) => new (string, object?)[] { ("run", number), ("name", name), ("position", (long)position) })), cancel);

    /// <summary>Moves a planned step on. A step that runs again is its next attempt.</summary>
    /// <param name="detail">What it found, or why it ended so; null: as before.</param>
    /// <param name="cacheKey">Digest of all that decides its outcome; null: as before.</param>
    /// <exception cref="InvalidOperationException">There is no such step, or it may not go there from where it is.</exception>
    public Task Step(string name, RunState state, string? detail = null, string? cacheKey = null, CancellationToken cancel = default) =>
        Write(session => Move(session, name, state, detail, cacheKey, session.Now), cancel);

    /// <summary>Adds a line to the run's log. No personal data belongs in it.</summary>
    public Task Log(LogLevel level, string text, string? step = null, CancellationToken cancel = default) => Write(session => LogLine.Add(session, number, session.Now, level, step, text), cancel);

    /// <summary>Writes down what happened, in its order: all, or nothing.</summary>
    public Task Tell(IReadOnlyList<RunNews> news, CancellationToken cancel = default) => Write(async session =>
    {
        foreach (var (at, step, state, level, text, key) in news)
        {
            long moment = at.ToUnixTimeMilliseconds();
            if (step is not null && state is { } becomes)
                await Move(session, step, becomes, text.Length > 0 ? text : null, key, moment);
            await LogLine.Add(session, number, moment, level, step, state is null ? text : LogLine.Of(state.Value, text));
        }
    }, cancel);

    /// <summary>Adds a run that is part of this one and over already, such as one k of a study.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> AddChild(NewRun child, RunFacts facts, RunState state = RunState.Completed, CancellationToken cancel = default)
    {
        facts.Check();
        return await Write(async session =>
        {
            var (added, id) = await RunRows.Insert(session, child with { Parent = Id, Experiment = Run.Experiment });
            await RunFactsWriter.Write(session, added, facts);
            await session.Execute("UPDATE runs SET state = @state, started_at = @now, ended_at = @now WHERE number = @run", ("run", added), ("state", state.ToString()), ("now", session.Now));
            return id;
        }, cancel);
    }

    /// <summary>Ends the run; steps that had begun end with it, the others are cancelled. Nothing can be written afterwards.</summary>
    /// <param name="state">Completed, Failed, Crashed or Cancelled.</param>
    /// <exception cref="InvalidOperationException">It is to be completed with a step that is not over.</exception>
    public async Task End(RunState state, string? reason = null, CancellationToken cancel = default)
    {
        if (!RunState.Running.MayBecome(state) || !state.IsFinal())
            throw new ArgumentOutOfRangeException(nameof(state), state, "A run ends as Completed, Failed, Crashed or Cancelled.");
        await Write(session => RunRows.End(session, number, state, reason, mayHaveOpenSteps: state != RunState.Completed), cancel);
        await disposed.CancelAsync();
    }

    /// <summary>Stops keeping the lease. A run that was not ended is found to be dead when its lease runs out.</summary>
    public async ValueTask DisposeAsync()
    {
        await disposed.CancelAsync();
        await heartbeat;
        stopped.Dispose();
        disposed.Dispose();
    }

    private Task<int> Write(Func<StoreSession, Task> change, CancellationToken cancel) => Write(async session =>
    {
        await change(session);
        return 0;
    }, cancel);

    private async Task<T> Write<T>(Func<StoreSession, Task<T>> change, CancellationToken cancel)
    {
        long begun = 0;
        var answer = await store.Write(async session =>
        {
            begun = store.Clock.GetTimestamp();
            await Renew(session);
            return await change(session);
        }, cancel);
        Interlocked.Exchange(ref renewed, begun);
        return answer;
    }

    private async Task Move(StoreSession session, string name, RunState state, string? detail, string? cacheKey, long at)
    {
        var step = await session.Row($"SELECT {Tracking.Step.Columns} FROM steps WHERE run = @run AND name = @name", Tracking.Step.Read, ("run", number), ("name", name))
            ?? throw new InvalidOperationException($"The run {Id} has no step '{name}'.");
        if (!step.State.MayBecome(state))
            throw new InvalidOperationException($"The step '{name}' is {step.State} and cannot become {state}.");
        await session.Execute(
            """
            UPDATE steps SET state = @state, attempt = @attempt, detail = @detail, cache_key = @key, started_at = @started, ended_at = @ended
            WHERE run = @run AND name = @name
            """,
            ("run", number), ("name", name), ("state", state.ToString()), ("attempt", step.Attempt + (state == RunState.Running ? 1L : 0)),
            ("detail", detail ?? step.Detail), ("key", cacheKey ?? step.CacheKey),
            ("started", step.StartedAt?.ToUnixTimeMilliseconds() ?? (state == RunState.Running ? at : null)), ("ended", state.IsFinal() ? at : null));
    }

    private async Task Renew(StoreSession session)
    {
        int renewed = await session.Execute(
            "UPDATE runs SET lease_until = @until WHERE number = @run AND fence = @fence AND state = 'Running' AND lease_until >= @now",
            ("run", number), ("fence", fence), ("now", session.Now), ("until", session.Now + (long)Runs.Lease.TotalMilliseconds));
        if (renewed == 0)
            throw new ProblemException(new("runs/lost", $"The run {Id} is no longer held by this process: its lease ran out, or it was ended elsewhere.", $"Look at it: clientele runs show {Id}."));
    }

    private async Task Beat()
    {
        using var timer = new PeriodicTimer(Runs.Heartbeat, store.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(disposed.Token))
                await BeatOnce();
        }
        catch (OperationCanceledException)
        {
            // The run is over, or given back.
        }
    }

    private async Task BeatOnce()
    {
        try
        {
            CancelRequested |= await Write(async session => await session.Number("SELECT cancel_requested_at FROM runs WHERE number = @run", ("run", number)) is not null, disposed.Token);
            if (CancelRequested)
                await stopped.CancelAsync();
        }
        catch (ProblemException lost) when (lost.Problem.Kind == "runs/lost")
        {
            await stopped.CancelAsync();
        }
        catch (ProblemException)
        {
            // The store cannot be reached for the moment. The lease lasts for some beats more, and the next write says what is wrong.
        }
    }
}
