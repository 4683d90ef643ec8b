using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Clientele.Tests.TestServers.Mlflow;

/// <summary>What an MLflow server keeps, and its answers to the questions of the REST API.</summary>
internal sealed partial class MlflowStore(bool loggedModels)
{
    private sealed record Point(double Value, long Timestamp, long Step);

    private sealed class RunRow
    {
        public required string Id, Experiment, Name, ArtifactUri;
        public string Status = "RUNNING", Lifecycle = "active";
        public long? Start, End;
        public SortedDictionary<string, string> Params = new(StringComparer.Ordinal), Tags = new(StringComparer.Ordinal);
        public SortedDictionary<string, List<Point>> Metrics = new(StringComparer.Ordinal);
        public List<JsonNode> Datasets = [];
        public List<JsonNode> Outputs = [];
    }

    private readonly List<(string Id, string Name, string Lifecycle)> experiments = [("0", "Default", "active")];
    private readonly List<RunRow> runs = [];
    private readonly SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
    private readonly List<JsonObject> models = [];
    private readonly SortedDictionary<string, (List<JsonObject> Versions, SortedDictionary<string, string> Aliases)> registered = new(StringComparer.Ordinal);
    private readonly long made = Stopwatch.GetTimestamp();
    private int given;

    /// <summary>In place of files that the server takes in itself.</summary>
    public string ArtifactRoot { get; set; } = "mlflow-artifacts:/";

    public JsonObject Answer(string method, string path, JsonObject body, long bytes) => (method, path) switch
    {
        ("GET", "experiments/get-by-name") => new() { ["experiment"] = Experiment(experiments.Where(each => each.Name == Text(body, "experiment_name")).OrderBy(each => each.Lifecycle).Select(each => each.Id).FirstOrDefault() ?? "") },
        ("GET", "experiments/get") => new() { ["experiment"] = Experiment(Text(body, "experiment_id")) },
        ("POST", "experiments/create") => CreateExperiment(body),
        ("POST", "runs/create") => CreateRun(body),
        ("GET", "runs/get") => new() { ["run"] = Run(Find(Text(body, "run_id"))) },
        ("POST", "runs/search") => SearchRuns(body),
        ("POST", "runs/update") => Update(body),
        ("POST", "runs/log-batch") => LogBatch(body, bytes),
        ("POST", "runs/log-inputs") => LogInputs(body),
        ("POST", "runs/log-model") => LogModel(body),
        ("GET", "metrics/get-history") => History(body),
        ("POST", "registered-models/create") => CreateModel(body),
        ("GET", "registered-models/get") => new() { ["registered_model"] = Registered(Text(body, "name")) },
        ("POST", "registered-models/alias") => SetAlias(body),
        ("DELETE", "registered-models/alias") => DeleteAlias(body),
        ("POST", "model-versions/create") => CreateVersion(body),
        ("GET", "model-versions/search") => SearchVersions(body),
        ("POST", "logged-models") when loggedModels => CreateLoggedModel(body),
        ("POST", "logged-models/search") when loggedModels => new() { ["models"] = new JsonArray([.. models.Where(model => HasTag(model["info"]!["tags"], Text(body, "filter"))).Select(model => model.DeepClone())]) },
        ("PATCH", _) when loggedModels && path.StartsWith("logged-models/", StringComparison.Ordinal) => Finish(path["logged-models/".Length..], body),
        ("POST", "runs/outputs") when loggedModels => Outputs(body),
        _ => throw new MlflowRefusal(404, "ENDPOINT_NOT_FOUND", $"{method} {path}"),
    };

    public void Put(string path, byte[] content) => files[path] = content;

    public IReadOnlyDictionary<string, byte[]> Files => files;

    public void Forget(string run) => Find(run).Lifecycle = "deleted";

    /// <summary>All there is, without what differs from server to server: ids are given in the order of making.</summary>
    public string Told()
    {
        var text = new StringBuilder();
        var order = runs.Where(run => run.Lifecycle == "active").OrderBy(run => run.Tags.GetValueOrDefault("clientele.run"), StringComparer.Ordinal).ToList();
        string Stable(string words) => Origins().Replace(order.Select((run, place) => (run.Id, place)).Aggregate(words, (now, each) => now.Replace(each.Id, $"run{each.place}", StringComparison.Ordinal)), "origin");
        foreach (var run in order)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"run {run.Name} {run.Status} {run.Start} {run.End} of {experiments.Single(each => each.Id == run.Experiment).Name}");
            foreach (var (key, value) in run.Params)
                text.AppendLine($"  param {key} {value}");
            foreach (var (key, value) in run.Tags)
                text.AppendLine($"  tag {key} {Stable(value)}");
            foreach (var (key, points) in run.Metrics)
                text.AppendLine($"  metric {key} {string.Join(' ', points.OrderBy(point => point.Step).ThenBy(point => point.Timestamp).Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Step}@{point.Timestamp}={point.Value:R}")))}");
            foreach (var set in run.Datasets)
                text.AppendLine($"  data {set.ToJsonString()}");
            text.AppendLine(CultureInfo.InvariantCulture, $"  models {run.Outputs.Count}");
        }
        foreach (var (path, content) in files.OrderBy(file => Stable(file.Key), StringComparer.Ordinal))
            text.AppendLine($"file {Stable(ModelIds().Replace(path, "m-id"))} {(path.EndsWith("MLmodel", StringComparison.Ordinal) ? "" : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)))}");
        foreach (var (name, (versions, aliases)) in registered)
            text.AppendLine($"model {name} {string.Join(' ', versions.Select(version => $"{version["version"]}={version["tags"]!.AsArray().Single(tag => tag!["key"]!.GetValue<string>() == "clientele.digest")!["value"]}"))} {string.Join(' ', aliases)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"logged models {models.Count}");
        return text.ToString();
    }

    private JsonObject CreateExperiment(JsonObject body)
    {
        MlflowRules.Fields(body, "name", "artifact_location", "tags");
        string name = Text(body, "name");
        MlflowRules.Length("The name", name, 500);
        Tags(body["tags"]);
        if (experiments.Any(each => each.Name == name))
            throw MlflowRefusal.Exists($"Experiment '{name}' already exists.");
        experiments.Add(($"{experiments.Count}", name, "active"));
        return new() { ["experiment_id"] = experiments[^1].Id };
    }

    private JsonObject Experiment(string id)
    {
        var (_, name, lifecycle) = experiments.FirstOrDefault(each => each.Id == id) is { Id: not null } found ? found : throw MlflowRefusal.Missing("There is no such experiment.");
        return new() { ["experiment_id"] = id, ["name"] = name, ["artifact_location"] = $"{ArtifactRoot}{id}", ["lifecycle_stage"] = lifecycle, ["creation_time"] = made };
    }

    private JsonObject CreateRun(JsonObject body)
    {
        MlflowRules.Fields(body, "experiment_id", "user_id", "run_name", "start_time", "tags");
        string experiment = Text(body, "experiment_id"), id = $"{++given:x8}{new string('0', 24)}";
        Experiment(experiment);
        var run = new RunRow { Id = id, Experiment = experiment, Name = Text(body, "run_name"), ArtifactUri = $"{ArtifactRoot}{experiment}/{id}/artifacts", Start = body["start_time"]?.GetValue<long>() };
        foreach (var (key, value) in Tags(body["tags"]))
            run.Tags[key] = value;
        runs.Add(run);
        return new() { ["run"] = Run(run) };
    }

    private JsonObject SearchRuns(JsonObject body)
    {
        MlflowRules.Fields(body, "experiment_ids", "filter", "run_view_type", "max_results", "order_by", "page_token");
        var wanted = body["experiment_ids"]!.AsArray().Select(id => id!.GetValue<string>()).ToList();
        var (key, value) = TagOf(Text(body, "filter"));
        return new() { ["runs"] = new JsonArray([.. runs.Where(run => wanted.Contains(run.Experiment) && run.Lifecycle == "active" && run.Tags.GetValueOrDefault(key) == value).Select(Run)]) };
    }

    private JsonObject Update(JsonObject body)
    {
        MlflowRules.Fields(body, "run_id", "status", "end_time", "run_name");
        var run = Find(Text(body, "run_id"));
        run.Status = Text(body, "status") is "RUNNING" or "SCHEDULED" or "FINISHED" or "FAILED" or "KILLED" ? Text(body, "status") : throw MlflowRefusal.Invalid("There is no such status.");
        run.End = body["end_time"]?.GetValue<long>() ?? run.End;
        run.Name = body["run_name"]?.GetValue<string>() ?? run.Name;
        return new() { ["run_info"] = Run(run)["info"]!.DeepClone() };
    }

    private JsonObject LogBatch(JsonObject body, long bytes)
    {
        MlflowRules.Fields(body, "run_id", "metrics", "params", "tags");
        MlflowRules.Batch(body, bytes);
        var run = Find(Text(body, "run_id"));
        var tags = Tags(body["tags"]);
        var parameters = Pairs(body["params"]);
        foreach (var (key, value) in parameters)
        {
            MlflowRules.Key(key);
            MlflowRules.Length($"The param '{key}'", value, 6_000);
            if (run.Params.TryGetValue(key, out string? there) && there != value)
                throw MlflowRefusal.Invalid($"Changing param values is not allowed. Param with key='{key}' was already logged with value='{there}' for run ID='{run.Id}'. Attempted logging new value '{value}'.");
        }
        var points = (body["metrics"]?.AsArray() ?? []).Select(metric => (Key: Text(metric!.AsObject(), "key"), Point: new Point(MlflowRules.Double(metric["value"]), metric["timestamp"]!.GetValue<long>(), metric["step"]!.GetValue<long>()))).ToList();
        foreach (var (key, _) in points)
            MlflowRules.Key(key);
        foreach (var (key, value) in tags)
            run.Tags[key] = value;
        foreach (var (key, value) in parameters)
            run.Params[key] = value;
        foreach (var (key, point) in points)
            (run.Metrics.TryGetValue(key, out var list) ? list : run.Metrics[key] = []).Add(point);
        return [];
    }

    private JsonObject LogInputs(JsonObject body)
    {
        MlflowRules.Fields(body, "run_id", "datasets");
        var run = Find(Text(body, "run_id"));
        foreach (var input in body["datasets"]!.AsArray())
        {
            var set = input!["dataset"]!.AsObject();
            MlflowRules.Fields(set, "name", "digest", "source_type", "source", "schema", "profile");
            MlflowRules.Length("A data set's name", Text(set, "name"), 500);
            MlflowRules.Length("A data set's digest", Text(set, "digest"), 36);
            MlflowRules.Length("A data set's source", Text(set, "source"), 65_535);
            run.Datasets.Add(input.DeepClone());
        }
        return [];
    }

    private JsonObject LogModel(JsonObject body)
    {
        MlflowRules.Fields(body, "run_id", "model_json");
        var run = Find(Text(body, "run_id"));
        var model = JsonNode.Parse(Text(body, "model_json"))!.AsObject();
        if (!model.ContainsKey("artifact_path") || !model.ContainsKey("flavors") || !model.ContainsKey("run_id") || !model.ContainsKey("utc_time_created"))
            throw MlflowRefusal.Invalid("Model json is missing mandatory fields.");
        var history = run.Tags.TryGetValue("mlflow.log-model.history", out string? before) ? JsonNode.Parse(before)!.AsArray() : [];
        history.Add(model);
        run.Tags["mlflow.log-model.history"] = history.ToJsonString();
        return [];
    }

    private JsonObject History(JsonObject body)
    {
        int most = int.Parse(Text(body, "max_results"), CultureInfo.InvariantCulture), from = body["page_token"] is { } token ? int.Parse(token.GetValue<string>(), CultureInfo.InvariantCulture) : 0;
        var points = Find(Text(body, "run_id")).Metrics.GetValueOrDefault(Text(body, "metric_key")) ?? [];
        var page = new JsonObject { ["metrics"] = new JsonArray([.. points.Skip(from).Take(Math.Min(most, PageOfPoints)).Select(point => Metric(Text(body, "metric_key"), point))]) };
        if (from + Math.Min(most, PageOfPoints) < points.Count)
            page["next_page_token"] = $"{from + Math.Min(most, PageOfPoints)}";
        return page;
    }

    private const int PageOfPoints = 700;

    private JsonObject CreateModel(JsonObject body)
    {
        MlflowRules.Fields(body, "name", "tags", "description");
        string name = Text(body, "name");
        if (!registered.TryAdd(name, ([], new(StringComparer.Ordinal))))
            throw MlflowRefusal.Exists($"Registered Model (name={name}) already exists.");
        return new() { ["registered_model"] = Registered(name) };
    }

    private JsonObject Registered(string name)
    {
        if (!registered.TryGetValue(name, out var model))
            throw MlflowRefusal.Missing($"Registered Model with name={name} not found");
        return new() { ["name"] = name, ["aliases"] = new JsonArray([.. model.Aliases.Select(alias => new JsonObject { ["alias"] = alias.Key, ["version"] = alias.Value })]) };
    }

    private JsonObject SetAlias(JsonObject body)
    {
        MlflowRules.Fields(body, "name", "alias", "version");
        string alias = Text(body, "alias");
        Registered(Text(body, "name"));
        if (!Aliases().IsMatch(alias) || alias.Length > 255 || alias.Equals("latest", StringComparison.OrdinalIgnoreCase) || VersionNames().IsMatch(alias))
            throw MlflowRefusal.Invalid($"Invalid alias name: '{alias}'");
        var (versions, aliases) = registered[Text(body, "name")];
        if (versions.All(version => version["version"]!.GetValue<string>() != Text(body, "version")))
            throw MlflowRefusal.Missing("There is no such version.");
        aliases[alias] = Text(body, "version");
        return [];
    }

    private JsonObject DeleteAlias(JsonObject body)
    {
        MlflowRules.Fields(body, "name", "alias");
        Registered(Text(body, "name"));
        registered[Text(body, "name")].Aliases.Remove(Text(body, "alias"));
        return [];
    }

    private JsonObject CreateVersion(JsonObject body)
    {
        MlflowRules.Fields(body, loggedModels ? ["name", "source", "run_id", "tags", "run_link", "description", "model_id"] : ["name", "source", "run_id", "tags", "run_link", "description"]);
        var run = Find(Text(body, "run_id"));
        Registered(Text(body, "name"));
        string source = Text(body, "source");
        bool isModel = loggedModels && models.Any(model => source == $"models:/{model["info"]!["model_id"]}" && model["info"]!["status"]!.GetValue<string>() == "LOGGED_MODEL_READY");
        if (!isModel && !source.StartsWith(run.ArtifactUri + "/", StringComparison.Ordinal))
            throw MlflowRefusal.Invalid($"Invalid model version source: '{source}'. It must be in the run's artifacts.");
        Tags(body["tags"]);
        var versions = registered[Text(body, "name")].Versions;
        versions.Add(new() { ["name"] = Text(body, "name"), ["version"] = $"{versions.Count + 1}", ["source"] = source, ["run_id"] = run.Id, ["status"] = "READY", ["tags"] = body["tags"]!.DeepClone() });
        return new() { ["model_version"] = versions[^1].DeepClone() };
    }

    private JsonObject SearchVersions(JsonObject body)
    {
        string name = Text(body, "filter") is var filter && filter.StartsWith("name='", StringComparison.Ordinal) ? filter["name='".Length..^1] : throw MlflowRefusal.Invalid(Text(body, "filter"));
        return registered.TryGetValue(name, out var model) ? new() { ["model_versions"] = new JsonArray([.. model.Versions.Select(version => version.DeepClone())]) } : [];
    }

    private JsonObject CreateLoggedModel(JsonObject body)
    {
        MlflowRules.Fields(body, "experiment_id", "name", "model_type", "source_run_id", "params", "tags");
        Find(Text(body, "source_run_id"));
        string id = $"m-{++given:x8}{new string('0', 24)}";
        models.Add(new() { ["info"] = new JsonObject { ["model_id"] = id, ["artifact_uri"] = $"{ArtifactRoot}{Text(body, "experiment_id")}/models/{id}/artifacts", ["status"] = "LOGGED_MODEL_PENDING", ["tags"] = body["tags"]!.DeepClone() }, ["data"] = new JsonObject() });
        return new() { ["model"] = models[^1].DeepClone() };
    }

    private JsonObject Finish(string id, JsonObject body)
    {
        MlflowRules.Fields(body, "model_id", "status");
        if (Text(body, "status") is not ("LOGGED_MODEL_READY" or "LOGGED_MODEL_UPLOAD_FAILED"))
            throw MlflowRefusal.Invalid("There is no such status.");
        var model = models.FirstOrDefault(each => each["info"]!["model_id"]!.GetValue<string>() == id) ?? throw MlflowRefusal.Missing("There is no such logged model.");
        model["info"]!["status"] = Text(body, "status");
        return new() { ["model"] = model.DeepClone() };
    }

    private JsonObject Outputs(JsonObject body)
    {
        MlflowRules.Fields(body, "run_id", "models");
        Find(Text(body, "run_id")).Outputs.AddRange(body["models"]!.AsArray().Select(model => model!.DeepClone()));
        return [];
    }

    private RunRow Find(string id) => runs.FirstOrDefault(run => run.Id == id) ?? throw MlflowRefusal.Missing($"Run with id={id} not found");

    private JsonObject Run(RunRow run) => new()
    {
        ["info"] = new JsonObject { ["run_id"] = run.Id, ["run_uuid"] = run.Id, ["run_name"] = run.Name, ["experiment_id"] = run.Experiment, ["status"] = run.Status, ["start_time"] = run.Start, ["end_time"] = run.End, ["artifact_uri"] = run.ArtifactUri, ["lifecycle_stage"] = run.Lifecycle },
        ["data"] = new JsonObject
        {
            ["params"] = new JsonArray([.. run.Params.Select(Pair)]),
            ["tags"] = new JsonArray([.. run.Tags.Select(Pair)]),
            ["metrics"] = new JsonArray([.. run.Metrics.Select(metric => Metric(metric.Key, metric.Value.MaxBy(point => (point.Timestamp, point.Value))!))]),
        },
        ["inputs"] = new JsonObject { ["dataset_inputs"] = new JsonArray([.. run.Datasets.Select(set => set.DeepClone())]) },
        ["outputs"] = new JsonObject { ["model_outputs"] = new JsonArray([.. run.Outputs.Select(output => output.DeepClone())]) },
    };

    private static JsonObject Pair(KeyValuePair<string, string> pair) => new() { ["key"] = pair.Key, ["value"] = pair.Value };

    private static JsonObject Metric(string key, Point point) => new()
    {
        ["key"] = key,
        ["value"] = double.IsNaN(point.Value) ? "NaN" : double.IsInfinity(point.Value) ? (JsonNode)Math.CopySign(double.MaxValue, point.Value) : point.Value,     // as MLflow's database has ∞
        ["timestamp"] = point.Timestamp,
        ["step"] = point.Step,
    };

    private static List<(string Key, string Value)> Pairs(JsonNode? list) => [.. (list?.AsArray() ?? []).Select(pair => (Text(pair!.AsObject(), "key"), Text(pair.AsObject(), "value")))];

    private static List<(string Key, string Value)> Tags(JsonNode? list)
    {
        var tags = Pairs(list);
        foreach (var (key, value) in tags)
        {
            MlflowRules.Key(key);
            MlflowRules.Length($"The tag '{key}'", value, 5_000);
        }
        return tags;
    }

    private static bool HasTag(JsonNode? tags, string filter) => TagOf(filter) is var (key, value) && Pairs(tags).Contains((key, value));

    private static (string Key, string Value) TagOf(string filter) =>
        TagFilter().Match(filter) is { Success: true } match ? (match.Groups[1].Value, match.Groups[2].Value) : throw MlflowRefusal.Invalid($"Invalid filter: {filter}");

    private static string Text(JsonObject body, string field) =>
        body[field] is { } node ? node.GetValue<string>() : throw MlflowRefusal.Invalid($"Missing value for required parameter '{field}'.");

    [GeneratedRegex("""^tags\.["`]([\w.]+)["`] = '([^']*)'$""")]
    private static partial Regex TagFilter();
    [GeneratedRegex(@"^[\w\-]+$")]
    private static partial Regex Aliases();
    [GeneratedRegex("^[vV][0-9]+$")]
    private static partial Regex VersionNames();
    [GeneratedRegex("m-[0-9a-f]{32}")]
    private static partial Regex ModelIds();
    [GeneratedRegex("[0-9a-f]{32}(?=:)")]
    private static partial Regex Origins();
}
