using Clientele.Lifetime;
using Clientele.Mlflow;
using Clientele.Problems;
using Clientele.Storage;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Clientele.Settings;

/// <summary>Reads <c>clientele.yaml</c>.</summary>
public static partial class SettingsFile
{
    public const string Name = "clientele.yaml";

    /// <exception cref="ProblemException">The first of the problems that <see cref="Check"/> would list.</exception>
    public static WorkspaceSettings Load(string folder)
    {
        var (settings, problems) = Check(folder);
        return problems is [var first, ..] ? throw new ProblemException(first) : settings!;
    }

    /// <summary>The settings of a workspace folder and all that is wrong with them, in the order of the file.</summary>
    public static (WorkspaceSettings? Settings, IReadOnlyList<Problem> Problems) Check(string folder)
    {
        string path = Path.Combine(folder, Name);
        try
        {
            using var reader = new StreamReader(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            return Parse(yaml.Documents.Count == 0 ? null : yaml.Documents[0].RootNode, path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, [new("config/missing", $"There is no {Name} in {folder}.", $"Make a workspace first: clientele init {folder} --source FILE.")]);
        }
        catch (UnauthorizedAccessException)
        {
            return (null, [new("config/denied", $"{path} may not be read.", "Give this user the right to read it and its folder.")]);
        }
        catch (YamlException broken)
        {
            return (null, [new("config/not-yaml", $"This is not YAML: {broken.InnerException?.Message ?? broken.Message}.", "Check indentation, quotes and colons around this place.",
                new Place(path, broken.Start.Line, (int)broken.Start.Column))]);
        }
    }

    private static (WorkspaceSettings Settings, IReadOnlyList<Problem> Problems) Parse(YamlNode? root, string path)
    {
        var problems = new List<Problem>();
        var file = YamlSection.From(root, path, problems);
        var defaults = new WorkspaceSettings { Sources = [], Columns = new() { Customer = "", OrderedAt = "" } };
        var settings = new WorkspaceSettings
        {
            Name = file.Text("name", defaults.Name)!,
            Currency = Currency(file),
            Seed = file.Number("seed", defaults.Seed, 0UL, ulong.MaxValue),
            Engine = Engine(file, defaults.Engine),
            Store = Store(file),
            Artifacts = Artifacts(file, path),
            Tracking = Tracking(file.Section("tracking"), defaults.Tracking),
            Alerts = AlertChannels(file),
            PromotesItself = file.Word("promote", "manual", "manual", "auto") == "auto",
            Gates = Gates(file.Section("gates"), defaults.Gates),
            Drift = Drifting(file.Section("drift"), defaults.Drift),
            Sources = Sources(file),
            Columns = Columns(file),
            Quarantine = new()
            {
                StopOnError = file.Word("on_error", "quarantine", "stop", "quarantine") == "stop",
                RejectLimit = file.OptionalNumber("reject_limit", 0L, long.MaxValue),
            },
            Cleaning = Cleaning(file.Section("cleaning"), defaults.Cleaning),
            Features = Features(file.Section("features"), defaults.Features),
            Outliers = Outliers(file.Section("outliers"), defaults.Outliers),
            Preparation = Scaling(file.Section("scaling"), defaults.Preparation),
            Segmentation = Segmentation(file.Section("segmentation"), defaults.Segmentation),
            Lifetime = Lifetime(file, new()),
            Outputs = Outputs(file.Section("outputs"), defaults.Outputs),
            Run = Run(file.Section("run"), defaults.Run),
            Serve = Serve(file.Section("serve"), defaults.Serve),
        };
        file.Close();
        return (settings, [.. problems.OrderBy(problem => problem.Where!.Line).ThenBy(problem => problem.Where!.Column)]);
    }

    private static string Currency(YamlSection file)
    {
        string currency = file.Text("currency", "")!;
        if (currency.Length > 0 && (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper)))
            file.Report("config/wrong-value", $"'{currency}' is not a value of 'currency'.", "It takes a code of three capital letters such as GBP.", "currency");
        return currency;
    }

    private static string Engine(YamlSection file, string fallback)
    {
        string engine = file.Text("engine", fallback)!;
        if (engine == "embedded")
            return engine;
        if (Uri.TryCreate(engine, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
        {
            // The settings are kept with every model, so they must hold no secret.
            if (uri.UserInfo.Contains(':', StringComparison.Ordinal))
                file.Report("config/secret", "A password does not belong in 'engine'.", "Take it out and set CLIENTELE_ENGINE_PASSWORD in the environment.", "engine");
        }
        else
            file.Report("config/wrong-value", $"'{engine}' is not a value of 'engine'.", "It takes 'embedded' or the address of a ClickHouse server such as http://user@host:8123/db.", "engine");
        return engine;
    }

    private static string Store(YamlSection file)
    {
        string store = file.Text("store", "")!;
        if (Uri.TryCreate(store, UriKind.Absolute, out var uri) && uri.UserInfo.Contains(':', StringComparison.Ordinal))
            file.Report("config/secret", "A password does not belong in 'store'.", "Take it out and set CLIENTELE_STORE_PASSWORD in the environment.", "store");
        return store;
    }

    private static string Artifacts(YamlSection file, string path)
    {
        string artifacts = file.Text("artifacts", "")!;
        try
        {
            ObjectsAddress.Parse(artifacts, Path.GetDirectoryName(path)!);
        }
        catch (ProblemException wrong)
        {
            file.Report("config/wrong-value", wrong.Problem.What, "It takes a folder, or a place in S3 such as s3://bucket/prefix?endpoint=https://storage.example.com; keys stand in the environment.", "artifacts");
        }
        return artifacts;
    }

    private static TrackingSettings Tracking(YamlSection section, TrackingSettings defaults)
    {
        var tracking = new TrackingSettings { Mlflow = section.Text("mlflow", defaults.Mlflow)!, Files = section.Flag("files", defaults.Files) };
        try
        {
            if (tracking.Mlflow.Length > 0)
                MlflowAddress.Parse(tracking.Mlflow);
        }
        catch (ProblemException wrong)
        {
            section.Report("config/wrong-value", wrong.Problem.What, "It takes an address such as http://host:5000; users and passwords stand in the environment.", "mlflow");
        }
        section.Close();
        return tracking;
    }

    private static GateSettings Gates(YamlSection section, GateSettings defaults)
    {
        var gates = new GateSettings
        {
            SilhouetteDrop = section.Number("silhouette_drop", defaults.SilhouetteDrop, 0.0, 2.0),
            LeastJaccard = section.Number("least_jaccard", defaults.LeastJaccard, 0.0, 1.0),
            ClvErrorRise = section.Number("clv_error_rise", defaults.ClvErrorRise, 0.0, 100.0),
            LeastShare = section.Number("least_share", defaults.LeastShare, 0.0, 0.5),
            MostMoved = section.Number("most_moved", defaults.MostMoved, 0.0, 1.0),
        };
        section.Close();
        return gates;
    }

    private static DriftSettings Drifting(YamlSection section, DriftSettings defaults)
    {
        var drift = new DriftSettings
        {
            Share = section.Number("share", defaults.Share, 0.01, 1.0),
            Significance = section.Number("significance", defaults.Significance, 0.0, 1.0),
            Distance = section.Number("distance", defaults.Distance, 0.001, 1000.0),
        };
        section.Close();
        return drift;
    }

    private static List<SourceSettings> Sources(YamlSection file)
    {
        var sources = file.Sections("sources").Select(section =>
        {
            string? delimiter = section.Text("delimiter");
            if (delimiter is "tab" or "\\t")
                delimiter = "\t";
            if (delimiter?.Length > 1)
                section.Report("config/wrong-value", $"'{delimiter}' is not a value of 'delimiter'.", "It takes one character, or 'tab'.", "delimiter");
            var source = new SourceSettings
            {
                Files = section.Texts("files", []),
                Sheets = section.Texts("sheets", []) is { Count: > 0 } sheets ? sheets : null,
                SkipRows = section.Number("skip_rows", 0L, 0L, long.MaxValue),
                Delimiter = delimiter?[0],
            };
            if (!section.Has("files"))
                section.Report("config/missing-key", "'files' is missing.", "Name files, globs or folders: files: [orders.csv].", "files");
            section.Close();
            return source;
        }).ToList();
        if (sources.Count == 0)
            file.Report("config/missing-key", "'sources' is missing.", "Name where orders come from: sources: [{files: orders.csv}].", "sources");
        return sources;
    }

    private static ColumnMapping Columns(YamlSection file)
    {
        const string hint = "Name the column of the source that holds it.";
        var section = file.Section("columns");
        var invoice = section.Texts("invoice", []);
        bool byDay = invoice.SequenceEqual(["customer", "day"]);
        if (invoice.Count == 0 || (invoice.Count > 1 && !byDay))
            section.Report("config/wrong-value", "'invoice' takes a column name, or [customer, day].", "Without invoice numbers, an invoice is all that a customer bought on one day: invoice: [customer, day].", "invoice");
        string? quantity = section.Text("quantity", "1");
        bool constant = int.TryParse(quantity, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int units);
        var columns = new ColumnMapping
        {
            Invoice = byDay || invoice.Count != 1 ? null : invoice[0],
            Customer = section.Required("customer", hint),
            OrderedAt = section.Required("ordered_at", hint),
            DateOrder = section.Word("date_order", "iso", "iso", "day-first", "month-first") switch
            {
                "day-first" => DateOrder.DayFirst,
                "month-first" => DateOrder.MonthFirst,
                _ => DateOrder.Iso,
            },
            Product = section.Text("product"),
            Description = section.Text("description"),
            Quantity = constant ? null : quantity,
            ConstantQuantity = constant ? units : 1,
            Price = section.Text("price"),
            LineTotal = section.Text("line_total"),
            Country = section.Text("country"),
        };
        if (columns is { Price: not null, LineTotal: not null })
            section.Report("config/wrong-value", "'price' and 'line_total' exclude each other.", "Keep the one that your source has; price is of one unit, line_total of the whole line.", "line_total");
        section.Close();
        return columns;
    }

    private static CleaningSettings Cleaning(YamlSection section, CleaningSettings defaults)
    {
        string[] fields = ["invoice", "product", "description", "customer", "quantity", "price", "ordered_at", "country"];
        var cleaning = new CleaningSettings
        {
            Overlap = section.Flag("overlap", defaults.Overlap),
            OverlapDistance = section.Number("overlap_distance", defaults.OverlapDistance, 1, int.MaxValue),
            Missing = Fields(section, "missing", defaults.Missing, "customer", "description", "product", "country"),
            DropCancellations = section.Word("cancellations", "keep", "keep", "drop") == "drop",
            CancellationPrefix = section.Text("cancellation_prefix", defaults.CancellationPrefix)!,
            Duplicates = Fields(section, "duplicates", defaults.Duplicates, fields),
            MinimumCodeDigits = section.Number("minimum_code_digits", defaults.MinimumCodeDigits, 0, 20),
            DropDescriptions = section.Texts("drop_descriptions", defaults.DropDescriptions),
            PositiveQuantity = section.Flag("positive_quantity", defaults.PositiveQuantity),
            PositivePrice = section.Flag("positive_price", defaults.PositivePrice),
        };
        section.Close();
        return cleaning;
    }

    // 'keep' (or an empty list) switches a rule off.
    private static IReadOnlyList<string> Fields(YamlSection section, string key, IReadOnlyList<string> fallback, params string[] valid)
    {
        var fields = section.Texts(key, fallback);
        if (fields is ["keep"])
            return [];
        foreach (string field in fields.Except(valid))
            section.Report("config/wrong-value", $"'{field}' is not a field of '{key}'.",
                Nearest.To(field, valid) is { } near ? $"Did you mean '{near}'?" : $"Valid here: keep, or a list of {string.Join(", ", valid)}.", key);
        return fields;
    }

    private static FeatureSettings Features(YamlSection section, FeatureSettings defaults)
    {
        var features = new FeatureSettings
        {
            Set = section.Word("set", defaults.Set, "retail_15", "retail_15_published", "clv_9", "clv_9_published"),
            AsOf = section.Date("as_of"),
            TargetUntil = section.Date("target_until"),
            HomeCountry = section.Text("home_country"),
        };
        if (features.TargetUntil is { } until && !(features.AsOf < until))
            section.Report("config/wrong-value", "'target_until' ends the window that begins on 'as_of'.", "Set 'as_of', and a later day here.", "target_until");
        section.Close();
        return features;
    }

    private static OutlierSettings Outliers(YamlSection section, OutlierSettings defaults)
    {
        var outliers = new OutlierSettings
        {
            Share = section.Number("share", defaults.Share, 0, 0.5),
            Trees = section.Number("trees", defaults.Trees, 1, 10_000),
        };
        section.Close();
        return outliers;
    }

    private static PreparationSettings Scaling(YamlSection section, PreparationSettings defaults)
    {
        var scaling = new PreparationSettings
        {
            Transform = section.Word("transform", defaults.Transform, "yeo-johnson", "log", "none"),
            Scale = section.Word("scale", defaults.Scale, "standard", "robust", "none"),
            Variance = section.Number("variance", defaults.Variance, 0.0, 1.0),
        };
        section.Close();
        return scaling;
    }

    private static SegmentationSettings Segmentation(YamlSection section, SegmentationSettings defaults)
    {
        var (from, to) = section.Range("segments", (defaults.MinSegments, defaults.MaxSegments), 2, 50);
        var segmentation = new SegmentationSettings
        {
            Model = section.Word("model", defaults.Model, [.. SegmentationSettings.Models]),
            Columns = section.Texts("columns", defaults.Columns),
            MinSegments = from,
            MaxSegments = to,
            MaxNaturalGroups = section.Number("max_natural_groups", defaults.MaxNaturalGroups, 2, 50),
            MinShare = section.Number("min_share", defaults.MinShare, 0, 0.5),
            MinJaccard = section.Number("min_jaccard", defaults.MinJaccard, 0, 1),
            Resamples = section.Number("resamples", defaults.Resamples, 2, 10_000),
            Restarts = section.Number("restarts", defaults.Restarts, 1, 10_000),
            PlainEvidence = section.Word("evidence", "full", "full", "plain") == "plain",
        };
        section.Close();
        return segmentation;
    }

    private static RunSettings Run(YamlSection section, RunSettings defaults)
    {
        var limits = Limits(section, defaults.Limits);
        var steps = new Dictionary<string, StepLimits>();
        foreach (var each in section.Sections("steps"))
        {
            string step = each.Word("step", RunSettings.StepNames[0], [.. RunSettings.StepNames]);
            if (!each.Has("step"))
                each.Report("config/missing-key", "'step' is missing.", "Say which step it is for: steps: [{step: lifetime, retries: 0}].", "step");
            steps[step] = Limits(each, limits);
            each.Close();
        }
        var run = new RunSettings { Limits = limits, Steps = steps, Timeout = Time(section, "timeout") };
        section.Close();
        return run;
    }

    private static StepLimits Limits(YamlSection section, StepLimits defaults) => new()
    {
        Retries = section.Number("retries", defaults.Retries, 0, 100),
        RetryDelay = Time(section, "retry_delay") ?? defaults.RetryDelay,
        Timeout = Time(section, "step_timeout") ?? defaults.Timeout,
    };

    // "250 ms", "30 s", "5 min", "2 h"; null: it is not there.
    private static TimeSpan? Time(YamlSection section, string key)
    {
        if (section.Text(key) is not { } text)
            return null;
        string number = text.TrimEnd([.. "abcdefghijklmnopqrstuvwxyz "]);
        double seconds = text[number.Length..].Trim() switch { "ms" => 1e-3, "s" => 1, "min" => 60, "h" => 3600, _ => 0 };
        if (seconds > 0 && double.TryParse(number, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out double many) && many * seconds is > 0 and <= 86_400 * 20)
            return TimeSpan.FromSeconds(many * seconds);
        section.Report("config/wrong-value", $"'{text}' is not a value of '{key}'.", "It takes a time such as 250 ms, 30 s, 5 min or 2 h, 20 days at most.", key);
        return null;
    }

    private static LifetimeSettings? Lifetime(YamlSection file, LifetimeSettings defaults)
    {
        if (file.IsOff("lifetime"))
            return null;
        var section = file.Section("lifetime");
        string text = section.Text("horizon", defaults.Horizon)!;
        if (!Horizon.TryParse(text, out var horizon))
            section.Report("config/wrong-value", $"'{text}' is not a value of 'horizon'.", "It takes a time such as 6 months, 39 weeks or 90 days; ten years at most.", "horizon");
        var lifetime = new LifetimeSettings
        {
            Horizon = horizon == default ? defaults.Horizon : horizon.ToString(),
            DiscountRate = section.Number("discount_rate", defaults.DiscountRate, 0, 10),
            Cutoffs = section.Number("cutoffs", defaults.Cutoffs, 1, 24),
        };
        section.Close();
        return lifetime;
    }

    private static OutputSettings Outputs(YamlSection section, OutputSettings defaults)
    {
        var outputs = new OutputSettings
        {
            Csv = section.Flag("csv", defaults.Csv),
            Parquet = section.Flag("parquet", defaults.Parquet),
            Report = section.Flag("report", defaults.Report),
            Recommendations = section.Number("recommendations", defaults.Recommendations, 0, 100),
        };
        section.Close();
        return outputs;
    }

    private static CanarySettings Canary(YamlSection section, CanarySettings defaults)
    {
        var canary = new CanarySettings { Alias = section.Text("alias") ?? defaults.Alias, Percent = section.Number("percent", defaults.Percent, 0, 100) };
        if (canary.Alias == Registry.ModelRegistry.Champion)
            section.Report("config/wrong-value", $"'{canary.Alias}' is not a value of 'alias'.", "It takes the name of a version that does not serve, such as challenger.", "alias");
        section.Close();
        return canary;
    }

    private static ServeSettings Serve(YamlSection section, ServeSettings defaults)
    {
        var serve = new ServeSettings
        {
            Hosts = section.Texts("hosts", defaults.Hosts),
            MaxBodyMib = section.Number("max_body_mib", defaults.MaxBodyMib, 1, 1_024),
            BodySeconds = section.Number("body_seconds", defaults.BodySeconds, 1, 3_600),
            AnswerSeconds = section.Number("answer_seconds", defaults.AnswerSeconds, 1, 3_600),
            LeaveSeconds = section.Number("leave_seconds", defaults.LeaveSeconds, 0, 300),
            SchedulerNice = section.NumberOr("idle", "scheduler_nice", defaults.SchedulerNice, 0, 19),
            RequestsPerSecond = section.Number("requests_per_second", defaults.RequestsPerSecond, 0, 10_000_000),
            RequestsAtOnce = section.Number("requests_at_once", defaults.RequestsAtOnce, 1, 100_000),
            LogShare = section.Number("log_share", defaults.LogShare, 0, 1),
            LogDays = section.Number("log_days", defaults.LogDays, 1, 3_650),
            LogMib = section.Number("log_mib", defaults.LogMib, 1, 1_000_000),
            Canary = Canary(section.Section("canary"), defaults.Canary),
            Shadow = section.Text("shadow"),
            BatchFolder = section.Text("batch_folder"),
            BatchMib = section.Number("batch_mib", defaults.BatchMib, 1, 1_000_000),
            BatchRows = section.Number("batch_rows", defaults.BatchRows, 1, 1_000_000_000_000),
            BatchWaiting = section.Number("batch_waiting", defaults.BatchWaiting, 1, 10_000),
            BatchDays = section.Number("batch_days", defaults.BatchDays, 1, 3_650),
        };
        if (serve.Shadow == Registry.ModelRegistry.Champion)
            section.Report("config/wrong-value", $"'{serve.Shadow}' is not a value of 'shadow'.", "It takes the name of a version that does not serve, such as challenger.", "shadow");
        foreach (string host in serve.Hosts.Where(host => Uri.CheckHostName(host) == UriHostNameType.Unknown))
            section.Report("config/wrong-value", $"'{host}' is not a value of 'hosts'.", "It takes names such as personas.example.com, without scheme and port.", "hosts");
        section.Close();
        return serve;
    }
}
