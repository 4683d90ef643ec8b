using Clientele.Artifacts;
using Clientele.Pipeline;
using Clientele.Problems;
using Clientele.Tracking;

namespace Clientele.Mlflow;

/// <summary>Sends runs, their files, and models to an MLflow server. What is there already is not sent again; what could not be sent goes with the next push.</summary>
public sealed partial class MlflowExport
{
    private readonly WorkspaceStore store;
    private readonly bool files;
    private readonly MlflowClient client;
    private readonly ExportMemory memory;
    private readonly TimeProvider clock;
    private readonly ExportTally tally = new();
    private string origin = "", experimentId = "";

    private MlflowExport(WorkspaceStore store, MlflowClient client, bool files, TimeProvider clock) =>
        (this.store, this.client, this.files, this.clock, memory) = (store, client, files, clock, new(store.Store, client.Server));

    /// <summary>Sends an experiment with all its runs and their models, or one run with its parts.</summary>
    /// <param name="name">An experiment's name or a run's id.</param>
    /// <param name="files">False: no files, and so no models.</param>
    /// <exception cref="ProblemException"><c>mlflow/*</c>; <c>experiments/unknown</c>.</exception>
    public static Task<ExportReport> Push(WorkspaceStore store, string name, MlflowAddress server, bool files, TimeProvider clock, CancellationToken cancel = default) =>
        Push(store, name, server, files, MlflowPatience.Long, clock, cancel);

    internal static async Task<ExportReport> Push(WorkspaceStore store, string name, MlflowAddress server, bool files, MlflowPatience patience, TimeProvider clock, CancellationToken cancel)
    {
        var (experiment, runs) = await Wanted(store, name, cancel);
        return await Send(store, experiment, _ => Task.FromResult(runs), server, files, patience, clock, cancel);
    }

    /// <summary>Says what <see cref="Push(WorkspaceStore, string, MlflowAddress, bool, TimeProvider, CancellationToken)"/> would send, as far as the store knows; no server is asked.</summary>
    public static async Task<ExportReport> Plan(WorkspaceStore store, string name, MlflowAddress server, bool files, CancellationToken cancel = default)
    {
        var (experiment, runs) = await Wanted(store, name, cancel);
        var memory = new ExportMemory(store.Store, server);
        var tally = new ExportTally();
        foreach (string id in runs)
        {
            var run = await store.Runs.Details(id, cancel);
            if (IsThere(run.Run, await memory.Sent(run.Run, cancel), files))
            {
                tally.Unchanged++;
                continue;
            }
            var arrived = await memory.Files(run.Run, cancel);
            var going = files ? run.Artifacts.Where(file => arrived.GetValueOrDefault(file.Path) != file.Digest).ToList() : [];
            (tally.Runs, tally.Params, tally.Tags, tally.Metrics) = (tally.Runs + 1, tally.Params + run.Params.Count, tally.Tags + run.Tags.Count, tally.Metrics + (await store.Runs.Histories(id, cancel)).Count);
            (tally.Files, tally.Bytes) = (tally.Files + going.Count, tally.Bytes + going.Sum(file => file.Bytes));
        }
        return tally.Report(server, experiment);
    }

    /// <summary>What of an experiment is on which servers.</summary>
    public static async Task<IReadOnlyList<ExportState>> States(WorkspaceStore store, string experiment, CancellationToken cancel = default) => await ExportMemory.States(store.Store, experiment, cancel);

    /// <param name="runs">Asked once this process alone sends to the server.</param>
    internal static async Task<ExportReport> Send(
        WorkspaceStore store, string experiment, Func<ExportMemory, Task<IReadOnlyList<string>>> runs, MlflowAddress server, bool files, MlflowPatience patience, TimeProvider clock, CancellationToken cancel)
    {
        using var client = new MlflowClient(server, patience);
        var export = new MlflowExport(store, client, files, clock);
        await export.memory.Claim(cancel);
        try
        {
            await export.Begin(experiment, cancel);
            foreach (string id in await runs(export.memory))
                await export.SendOrNote(id, cancel);
            if (files)
                await export.SendModels(experiment, cancel);
            return export.tally.Report(server, experiment);
        }
        catch (MlflowException failure)
        {
            throw failure.Problem;
        }
        finally
        {
            await export.memory.Release();
        }
    }

    // Runs in the order in which they were made, so that a run goes before its parts.
    private static async Task<(string Experiment, IReadOnlyList<string> Runs)> Wanted(WorkspaceStore store, string name, CancellationToken cancel)
    {
        if ((await store.Experiments.All(cancel)).All(known => known.Name != name) && await RunOrNull(store, name, cancel) is { } run)
            return (run.Run.Experiment, [.. (run.Run.Parent is { } parent ? new[] { parent } : []), name, .. run.Children]);
        var experiment = await store.Experiments.Get(name, cancel);
        var ids = new List<string>();
        var filter = new RunFilter([new(RunField.Parse("experiment"), "=", experiment.Name)]);
        for (string? after = null; ;)
        {
            var page = await store.Runs.Find(new() { Filter = filter, Children = true, Limit = 1_000, After = after }, cancel);
            ids.AddRange(page.Rows.Select(row => row.Run.Id));
            if ((after = page.Next) is null)
                break;
        }
        ids.Reverse();
        return (experiment.Name, ids);
    }

    private static async Task<RunDetails?> RunOrNull(WorkspaceStore store, string id, CancellationToken cancel)
    {
        try
        {
            return await store.Runs.Details(id, cancel);
        }
        catch (ProblemException unknown) when (unknown.Problem.Kind == "runs/unknown")
        {
            return null;
        }
    }

    // A run that is over does not change any more.
    private static bool IsThere(Run run, SentRun? sent, bool files) => sent is not null && run.State.IsFinal() && sent.Parts >= (files ? 2 : 1);

    private async Task Begin(string experiment, CancellationToken cancel)
    {
        origin = await memory.Origin(cancel);
        var there = await client.Once(token => FindOrMakeExperiment(experiment, token), cancel);
        experimentId = there.ExperimentId;
        // Ids are often counted, so a server made anew may give the same ones.
        await memory.Experiment(experiment, $"{there.ExperimentId} of {there.CreationTime}", cancel);
    }

    private async Task<MlflowExperiment> FindOrMakeExperiment(string name, CancellationToken cancel)
    {
        try
        {
            var found = await client.Get<ExperimentAnswer>("experiments/get-by-name", [("experiment_name", name)], cancel);
            return found.Experiment!.LifecycleStage != "deleted" ? found.Experiment : throw new ProblemException(new(
                "mlflow/deleted", $"The experiment '{name}' is deleted on {client.Server}.", "Restore it there, or remove it for good."));
        }
        catch (MlflowException missing) when (missing.Code == MlflowException.Missing)
        {
            var made = await client.Add<ExperimentAnswer>("experiments/create", new { name, tags = (MlflowPair[])[new(TranslatedRun.OriginTag, origin)] }, cancel);
            return (await client.Get<ExperimentAnswer>("experiments/get", [("experiment_id", made.ExperimentId!)], cancel)).Experiment!;
        }
    }

    // What a server does not take of one run must not hold up the others.
    private async Task SendOrNote(string id, CancellationToken cancel)
    {
        var run = await store.Runs.Details(id, cancel);
        var sent = await memory.Sent(run.Run, cancel);
        if (IsThere(run.Run, sent, files))
        {
            tally.Unchanged++;
            return;
        }
        try
        {
            await SendRun(run, sent, cancel);
            tally.Runs++;
        }
        catch (MlflowException failure) when (!failure.IsPassing && failure.Problem.Problem.Kind == "mlflow/rejected")
        {
            await Note(run, failure.Problem.Problem, cancel);
        }
        catch (ProblemException wrong) when (wrong.Problem.Kind is "mlflow/artifacts" or "mlflow/other-value" || wrong.Problem.Kind.StartsWith("objects/", StringComparison.Ordinal))
        {
            await Note(run, wrong.Problem, cancel);
        }
    }

    private async Task Note(RunDetails run, Problem problem, CancellationToken cancel)
    {
        tally.Problems.Add($"{run.Run.Id}: {problem}");
        if (await memory.Sent(run.Run, cancel) is { } begun)
            await memory.Remember(run.Run, begun with { Problem = problem.What }, cancel);
    }

    private async Task SendRun(RunDetails run, SentRun? sent, CancellationToken cancel)
    {
        string? parent = run.Run.Parent is { } id && await memory.Sent(await store.Runs.Get(id, cancel), cancel) is { } above ? above.Remote : null;
        var wanted = TranslatedRun.Of(run, await store.Runs.Histories(run.Run.Id, cancel), $"{origin}:{run.Run.Number}", parent);
        var there = await Find(run.Run, sent, cancel) ?? await client.Once(token => FindOrMake(wanted, token), cancel);
        string remote = there.Info.RunId;
        await memory.Remember(run.Run, new(remote, 0), cancel);
        await SendFacts(remote, wanted, there, cancel);
        await SendDatasets(remote, wanted, there, cancel);
        if (files)
            await SendFiles(run, there, cancel);
        await client.Post("runs/update", new { run_id = remote, status = wanted.Status, end_time = wanted.EndTime, run_name = wanted.Name }, cancel);
        await memory.Remember(run.Run, new(remote, run.Run.State.IsFinal() ? files ? 2 : 1 : 0), cancel);
    }

    private async Task<MlflowRun?> Find(Run run, SentRun? sent, CancellationToken cancel)
    {
        if (sent is null)
            return null;
        try
        {
            if ((await client.Get<RunAnswer>("runs/get", [("run_id", sent.Remote)], cancel)).Run is { Info.LifecycleStage: not "deleted" } there)
                return there;
        }
        catch (MlflowException missing) when (missing.Code == MlflowException.Missing)
        {
            // It was removed there.
        }
        await memory.Forget(run, cancel);
        return null;
    }

    private async Task<MlflowRun> FindOrMake(TranslatedRun run, CancellationToken cancel)
    {
        var search = new { experiment_ids = (string[])[experimentId], filter = $"tags.\"{TranslatedRun.OriginTag}\" = '{run.Origin}'", run_view_type = "ACTIVE_ONLY", max_results = 5 };
        if ((await client.Send<RunsAnswer>(HttpMethod.Post, "runs/search", search, cancel)).Runs is [var there, ..])
            return there;
        var create = new { experiment_id = experimentId, run_name = run.Name, start_time = run.StartTime, tags = run.Tags.Take(MlflowBatches.MostTags) };
        return (await client.Add<RunAnswer>("runs/create", create, cancel)).Run;
    }

    private async Task SendFacts(string remote, TranslatedRun wanted, MlflowRun there, CancellationToken cancel)
    {
        var known = (there.Data?.Params ?? []).ToDictionary(param => param.Key, param => param.Value);
        foreach (var param in wanted.Params)
            if (known.TryGetValue(param.Key, out string? other) && other != param.Value)
                throw new ProblemException(new("mlflow/other-value", $"The param '{param.Key}' is '{other}' there and '{param.Value}' here; params are written once.", "Delete the run there; it is then sent anew."));
        var tags = (there.Data?.Tags ?? []).ToDictionary(tag => tag.Key, tag => tag.Value);
        var (newParams, newTags) = (wanted.Params.Where(param => !known.ContainsKey(param.Key)).ToList(), wanted.Tags.Where(tag => tags.GetValueOrDefault(tag.Key) != tag.Value).ToList());
        foreach (var batch in MlflowBatches.Of(remote, [], newParams, newTags))
            await client.Post("runs/log-batch", batch, cancel);
        (tally.Params, tally.Tags) = (tally.Params + newParams.Count, tally.Tags + newTags.Count);
        bool looked = (there.Data?.Metrics ?? []).Count > 0;
        foreach (var batch in MlflowBatches.Of(remote, wanted.Metrics, [], []))
            tally.Metrics += await SendMetrics(batch, looked, cancel);
    }

    // Points are added, never replaced; so whenever some may be there already, only those that are not are sent.
    private Task<int> SendMetrics(MlflowBatch batch, bool someAreThere, CancellationToken cancel) => client.Once(async token =>
    {
        var missing = someAreThere ? await Missing(batch, token) : batch.Metrics;
        someAreThere = true;
        if (missing.Count > 0)
            await client.Add<NoAnswer>("runs/log-batch", batch with { Metrics = missing }, token);
        return missing.Count;
    }, cancel);

    private async Task<IReadOnlyList<MlflowMetric>> Missing(MlflowBatch batch, CancellationToken cancel)
    {
        var missing = new List<MlflowMetric>();
        foreach (var points in batch.Metrics.GroupBy(point => point.Key))
        {
            var there = new HashSet<(long, long, double)>();
            for (string? page = ""; page is not null;)
            {
                (string, string)[] query = [("run_id", batch.RunId), ("metric_key", points.Key), ("max_results", "10000"), .. page.Length > 0 ? new (string, string)[] { ("page_token", page) } : []];
                var answer = await client.Get<HistoryAnswer>("metrics/get-history", query, cancel);
                there.UnionWith((answer.Metrics ?? []).Select(Identity));
                page = string.IsNullOrEmpty(answer.NextPageToken) ? null : answer.NextPageToken;
            }
            missing.AddRange(points.Where(point => !there.Contains(Identity(point))));
        }
        return missing;
    }

    // MLflow's database keeps ±∞ as the largest number.
    private static (long, long, double) Identity(MlflowMetric point) =>
        (point.Step, point.Timestamp, double.IsInfinity(point.Value) ? Math.CopySign(double.MaxValue, point.Value) : Math.Abs(point.Value) > 1.7976e308 ? Math.CopySign(double.MaxValue, point.Value) : point.Value);

    private async Task SendDatasets(string remote, TranslatedRun wanted, MlflowRun there, CancellationToken cancel)
    {
        if (wanted.Datasets.Count == 0)
            return;
        await client.Once(async token =>
        {
            there = there.Inputs is null ? (await client.Get<RunAnswer>("runs/get", [("run_id", remote)], token)).Run : there;
            var known = (there.Inputs?.DatasetInputs ?? []).Select(input => (input.Dataset.Name, input.Dataset.Digest)).ToHashSet();
            there = there with { Inputs = null };
            if (wanted.Datasets.Where(input => !known.Contains((input.Dataset.Name, input.Dataset.Digest))).ToList() is { Count: > 0 } missing)
                await client.Add<NoAnswer>("runs/log-inputs", new { run_id = remote, datasets = missing }, token);
            return 0;
        }, cancel);
    }

    private async Task SendFiles(RunDetails run, MlflowRun there, CancellationToken cancel)
    {
        var arrived = await memory.Files(run.Run, cancel);
        if (run.Artifacts.Where(file => arrived.GetValueOrDefault(file.Path) != file.Digest).ToList() is not { Count: > 0 } going)
            return;
        var door = new FileDoor(client, there.Info.ArtifactUri ?? "", clock);
        using var aside = HeldFolder.Create(Path.GetTempPath(), "clientele-mlflow-");
        foreach (var file in going)
        {
            string? path = await RunArtifactFiles.Find(run.Run, file, cancel);
            if (path is null)
                await store.Objects.Restore(file.Digest, path = Path.Combine(aside.Path, "file"), cancel);
            await door.Put(file.Path, () => File.OpenRead(path), cancel);
            await memory.Arrived(run.Run, file.Path, file.Digest, cancel);
            (tally.Files, tally.Bytes) = (tally.Files + 1, tally.Bytes + file.Bytes);
        }
    }
}
