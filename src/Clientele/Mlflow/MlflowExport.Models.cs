using System.Globalization;
using System.Text;
using System.Text.Json;
using Clientele.Registry;

namespace Clientele.Mlflow;

public sealed partial class MlflowExport
{
    private const string Flavor = "clientele", ManifestName = "MLmodel", Folder = "model";

    private bool? knowsLoggedModels;

    // Versions of runs that are there, then the names that point to them.
    private async Task SendModels(string model, CancellationToken cancel)
    {
        var here = (await store.Models.Versions(model, cancel)).Where(listed => listed.Version.DeletedAt is null).OrderBy(listed => listed.Version.Version).ToList();
        if (here.Count == 0)
            return;
        var there = await RemoteVersions(model, cancel);
        foreach (var (version, _) in here.Where(listed => !there.ContainsKey(OriginOf(listed.Version))))
            if (version.Run.Length > 0 && await memory.Sent(await store.Runs.Get(version.Run, cancel), cancel) is { Parts: 2 } sent)
            {
                there[OriginOf(version)] = await SendVersion(version, sent.Remote, cancel);
                tally.Versions++;
            }
        if (there.Count > 0)
            await SendAliases(model, here, there, cancel);
    }

    private string OriginOf(ModelVersion version) => $"{origin}:{version.Model}:{version.Version}";

    // Of this store's; by where they came from.
    private async Task<Dictionary<string, string>> RemoteVersions(string model, CancellationToken cancel)
    {
        var found = new Dictionary<string, string>();
        for (string? page = ""; page is not null;)
        {
            (string, string)[] query = [("filter", $"name='{model}'"), ("max_results", "1000"), .. page.Length > 0 ? new (string, string)[] { ("page_token", page) } : []];
            var answer = await client.Get<ModelVersionsAnswer>("model-versions/search", query, cancel);
            foreach (var version in answer.ModelVersions ?? [])
                if (version.Tags?.FirstOrDefault(tag => tag.Key == TranslatedRun.OriginTag) is { } tag && tag.Value.StartsWith(origin, StringComparison.Ordinal))
                    found[tag.Value] = version.Version;
            page = string.IsNullOrEmpty(answer.NextPageToken) ? null : answer.NextPageToken;
        }
        return found;
    }

    /// <returns>Its number there.</returns>
    private async Task<string> SendVersion(ModelVersion version, string run, CancellationToken cancel)
    {
        string bundle = await store.Models.Files(version, store.Bundles, cancel);
        string? modelId = await KnowsLoggedModels(cancel) ? await SendLoggedModel(version, run, bundle, cancel) : null;
        string source = modelId is not null ? $"models:/{modelId}" : await LogModel(version, run, cancel);
        try
        {
            await client.Post("registered-models/create", new { name = version.Model, description = "Segments, personas and lifetime values, by Clientele." }, cancel);
        }
        catch (MlflowException there) when (there.Code == MlflowException.Exists)
        {
            // It has earlier versions.
        }
        return await client.Once(async token =>
        {
            if ((await RemoteVersions(version.Model, token)).TryGetValue(OriginOf(version), out string? known))
                return known;
            MlflowPair[] tags = [new(TranslatedRun.OriginTag, OriginOf(version)), new("clientele.version", version.Version.ToString(CultureInfo.InvariantCulture)), new("clientele.digest", version.Digest)];
            return (await client.Add<ModelVersionAnswer>("model-versions/create", new { name = version.Model, source, run_id = run, tags, model_id = modelId }, token)).ModelVersion.Version;
        }, cancel);
    }

    // Until 3.0 a model is a folder of its run.
    private async Task<string> LogModel(ModelVersion version, string run, CancellationToken cancel)
    {
        var there = (await client.Get<RunAnswer>("runs/get", [("run_id", run)], cancel)).Run;
        string manifest = Describe(version, run);
        await new FileDoor(client, there.Info.ArtifactUri ?? "", clock).Put($"{Folder}/{ManifestName}", () => new MemoryStream(Encoding.UTF8.GetBytes(manifest)), cancel);
        await client.Once(async token =>
        {
            var now = (await client.Get<RunAnswer>("runs/get", [("run_id", run)], token)).Run;
            if (now.Data?.Tags?.Any(tag => tag.Key == "mlflow.log-model.history" && tag.Value.Contains(version.Digest[..32], StringComparison.Ordinal)) != true)
                await client.Add<NoAnswer>("runs/log-model", new { run_id = run, model_json = manifest }, token);
            return 0;
        }, cancel);
        return $"{there.Info.ArtifactUri}/{Folder}";
    }

    // From 3.0 on it is a thing of its own, which a run has put out.
    private async Task<string> SendLoggedModel(ModelVersion version, string run, string bundle, CancellationToken cancel)
    {
        var model = await client.Once(token => FindOrMakeLoggedModel(version, run, token), cancel);
        if (model.Status != "LOGGED_MODEL_READY")
        {
            var door = new FileDoor(client, model.ArtifactUri, clock);
            foreach (string path in Directory.EnumerateFiles(bundle).Order(StringComparer.Ordinal))
                await door.Put(Path.GetFileName(path), () => File.OpenRead(path), cancel);
            string manifest = Describe(version, run);
            await door.Put(ManifestName, () => new MemoryStream(Encoding.UTF8.GetBytes(manifest)), cancel);
            await client.Send<NoAnswer>(HttpMethod.Patch, $"logged-models/{model.ModelId}", new { model_id = model.ModelId, status = "LOGGED_MODEL_READY" }, cancel);
        }
        await client.Once(async token =>
        {
            var outputs = (await client.Get<RunAnswer>("runs/get", [("run_id", run)], token)).Run.Outputs?.ModelOutputs ?? [];
            if (outputs.All(output => output.ModelId != model.ModelId))
                await client.Add<NoAnswer>("runs/outputs", new { run_id = run, models = (MlflowModelOutput[])[new(model.ModelId, 0)] }, token);
            return 0;
        }, cancel);
        return model.ModelId;
    }

    private async Task<MlflowLoggedModelInfo> FindOrMakeLoggedModel(ModelVersion version, string run, CancellationToken cancel)
    {
        var search = new { experiment_ids = (string[])[experimentId], filter = $"tags.`{TranslatedRun.OriginTag}` = '{OriginOf(version)}'", max_results = 5 };
        if ((await client.Send<LoggedModelsAnswer>(HttpMethod.Post, "logged-models/search", search, cancel)).Models is [var there, ..])
            return there.Info;
        var create = new
        {
            experiment_id = experimentId,
            name = version.Model.Replace('.', '_'),     // no dots there
            model_type = Flavor,
            source_run_id = run,
            tags = (MlflowPair[])[new(TranslatedRun.OriginTag, OriginOf(version)), new("clientele.digest", version.Digest)],
        };
        return (await client.Add<LoggedModelAnswer>("logged-models", create, cancel)).Model.Info;
    }

    private async Task SendAliases(string model, IReadOnlyList<ListedVersion> here, Dictionary<string, string> there, CancellationToken cancel)
    {
        var now = ((await client.Get<RegisteredModelAnswer>("registered-models/get", [("name", model)], cancel)).RegisteredModel.Aliases ?? []).ToDictionary(alias => alias.Alias, alias => alias.Version);
        var wanted = (from listed in here
                      where there.ContainsKey(OriginOf(listed.Version))
                      from alias in listed.Aliases
                      select KeyValuePair.Create(alias, there[OriginOf(listed.Version)])).ToDictionary();
        foreach (var (alias, version) in wanted.Where(each => now.GetValueOrDefault(each.Key) != each.Value))
        {
            await client.Post("registered-models/alias", new { name = model, alias, version }, cancel);
            tally.Aliases++;
        }
        // What others have named there is theirs.
        foreach (var (alias, _) in now.Where(each => !wanted.ContainsKey(each.Key) && there.ContainsValue(each.Value)))
        {
            await client.Send<NoAnswer>(HttpMethod.Delete, "registered-models/alias", new { name = model, alias }, cancel);
            tally.Aliases++;
        }
    }

    // JSON is YAML too, which readers of this file take.
    private static string Describe(ModelVersion version, string run) => JsonSerializer.Serialize(new
    {
        artifact_path = Folder,
        flavors = new Dictionary<string, object> { [Flavor] = new { model = version.Model, version = version.Version, digest = version.Digest } },
        model_uuid = version.Digest[..32],
        run_id = run,
        utc_time_created = version.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
    }, MlflowJson.Options);

    private async Task<bool> KnowsLoggedModels(CancellationToken cancel) =>
        knowsLoggedModels ??= int.TryParse((await client.Text("version", cancel)).Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major) && major >= 3;
}
