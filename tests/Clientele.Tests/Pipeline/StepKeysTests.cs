using Clientele.Artifacts;
using Clientele.Pipeline;
using Clientele.Settings;

namespace Clientele.Tests.Pipeline;

/// <summary>Which steps a change touches: those that depend on it, and no others.</summary>
public sealed class StepKeysTests : IDisposable
{
    private const string AfterFeatures = "segment personas write lifetime-tables report model";
    private const string AfterClean = "features segment personas lifetime write lifetime-tables report model";
    private const string All = "ingest clean " + AfterClean;

    private static readonly WorkspaceSettings Usual = new()
    {
        Sources = [new() { Files = ["orders.csv"] }],
        Columns = new() { Customer = "customer", OrderedAt = "ordered_at", Quantity = "quantity" },
    };

    private readonly string folder = Directory.CreateTempSubdirectory("clientele-test-").FullName;

    public StepKeysTests() => File.WriteAllText(Path.Combine(folder, "orders.csv"), "customer,ordered_at\n1,2011-01-01\n");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<string, string, Func<WorkspaceSettings, WorkspaceSettings>> Changes => new()
    {
        { "name", "personas write lifetime-tables report model", s => s with { Name = "Other" } },
        { "currency", "personas write lifetime-tables report model", s => s with { Currency = "GBP" } },
        { "seed", "segment personas lifetime write lifetime-tables report model", s => s with { Seed = 43 } },
        { "engine", "model", s => s with { Engine = "http://localhost:8123" } },
        { "on_error", "model", s => s with { Quarantine = new() { StopOnError = true } } },
        { "reject_limit", "model", s => s with { Quarantine = new() { RejectLimit = 5 } } },
        { "sources.skip_rows", All, s => s with { Sources = [s.Sources[0] with { SkipRows = 1 }] } },
        { "sources.delimiter", All, s => s with { Sources = [s.Sources[0] with { Delimiter = ';' }] } },
        { "columns.date_order", All, s => s with { Columns = s.Columns with { DateOrder = DateOrder.DayFirst } } },
        { "cleaning.cancellation_prefix", All, s => s with { Cleaning = s.Cleaning with { CancellationPrefix = "X" } } },
        { "cleaning.overlap", "clean " + AfterClean, s => s with { Cleaning = s.Cleaning with { Overlap = false } } },
        { "cleaning.overlap_distance", "clean " + AfterClean, s => s with { Cleaning = s.Cleaning with { OverlapDistance = 10 } } },
        { "cleaning.missing", "clean " + AfterClean, s => s with { Cleaning = s.Cleaning with { Missing = ["customer", "country"] } } },
        { "cleaning.cancellations", "clean " + AfterClean, s => s with { Cleaning = s.Cleaning with { DropCancellations = true } } },
        { "cleaning.duplicates", "clean " + AfterClean, s => s with { Cleaning = s.Cleaning with { Duplicates = ["invoice"] } } },
        { "cleaning.minimum_code_digits", "clean " + AfterClean, s => s with { Cleaning = s.Cleaning with { MinimumCodeDigits = 4 } } },
        { "cleaning.drop_descriptions", "clean " + AfterClean, s => s with { Cleaning = s.Cleaning with { DropDescriptions = ["POSTAGE"] } } },
        { "cleaning.positive_quantity", "clean " + AfterClean, s => s with { Cleaning = s.Cleaning with { PositiveQuantity = true } } },
        { "cleaning.positive_price", "clean " + AfterClean, s => s with { Cleaning = s.Cleaning with { PositivePrice = true } } },
        { "features.as_of", "clean " + AfterClean, s => s with { Features = s.Features with { AsOf = new(2011, 6, 1) } } },
        { "features.set", "features " + AfterFeatures, s => s with { Features = s.Features with { Set = "clv_9" } } },
        { "features.target_until", "features " + AfterFeatures, s => s with { Features = s.Features with { TargetUntil = new(2011, 12, 1) } } },
        { "features.home_country", "features " + AfterFeatures, s => s with { Features = s.Features with { HomeCountry = "France" } } },
        { "outliers.share", AfterFeatures, s => s with { Outliers = s.Outliers with { Share = 0.1 } } },
        { "outliers.trees", AfterFeatures, s => s with { Outliers = s.Outliers with { Trees = 50 } } },
        { "scaling.transform", AfterFeatures, s => s with { Preparation = s.Preparation with { Transform = "log" } } },
        { "scaling.scale", AfterFeatures, s => s with { Preparation = s.Preparation with { Scale = "robust" } } },
        { "scaling.variance", AfterFeatures, s => s with { Preparation = s.Preparation with { Variance = 0.9 } } },
        { "segmentation.model", AfterFeatures, s => s with { Segmentation = s.Segmentation with { Model = "ward" } } },
        { "segmentation.columns", AfterFeatures, s => s with { Segmentation = s.Segmentation with { Columns = ["recency_days"] } } },
        { "segmentation.segments", AfterFeatures, s => s with { Segmentation = s.Segmentation with { MaxSegments = 6 } } },
        { "segmentation.min_share", AfterFeatures, s => s with { Segmentation = s.Segmentation with { MinShare = 0.05 } } },
        { "segmentation.min_jaccard", AfterFeatures, s => s with { Segmentation = s.Segmentation with { MinJaccard = 0.6 } } },
        { "segmentation.resamples", AfterFeatures, s => s with { Segmentation = s.Segmentation with { Resamples = 10 } } },
        { "segmentation.restarts", AfterFeatures, s => s with { Segmentation = s.Segmentation with { Restarts = 5 } } },
        { "segmentation.max_natural_groups", AfterFeatures, s => s with { Segmentation = s.Segmentation with { MaxNaturalGroups = 8 } } },
        { "segmentation.evidence", AfterFeatures, s => s with { Segmentation = s.Segmentation with { PlainEvidence = true } } },
        { "outputs.csv", "write lifetime-tables report model", s => s with { Outputs = s.Outputs with { Csv = false } } },
        { "outputs.parquet", "write lifetime-tables report model", s => s with { Outputs = s.Outputs with { Parquet = false } } },
        { "outputs.report", "report model", s => s with { Outputs = s.Outputs with { Report = false } } },
        { "outputs.recommendations, more", "write report model", s => s with { Outputs = s.Outputs with { Recommendations = 4 } } },
        { "outputs.recommendations, none", "personas write lifetime-tables report model", s => s with { Outputs = s.Outputs with { Recommendations = 0 } } },
        { "lifetime.horizon", "lifetime lifetime-tables report model", s => s with { Lifetime = s.Lifetime! with { Horizon = "3 months" } } },
        { "lifetime.discount_rate", "lifetime lifetime-tables report model", s => s with { Lifetime = s.Lifetime! with { DiscountRate = 0.2 } } },
        { "lifetime.cutoffs", "lifetime lifetime-tables report model", s => s with { Lifetime = s.Lifetime! with { Cutoffs = 2 } } },
        { "nothing", "", s => s with { } },
    };

    [Theory, MemberData(nameof(Changes))]
    public async Task A_setting_touches_the_steps_that_depend_on_it(string setting, string steps, Func<WorkspaceSettings, WorkspaceSettings> change)
    {
        var (before, after) = (await Keys(Usual), await Keys(change(Usual)));

        Assert.Equal(steps.Split(' ', StringSplitOptions.RemoveEmptyEntries), before.Keys.Where(step => before[step] != after[step]));
        Assert.NotEmpty(setting);
    }

    [Fact]
    public void Settings_know_the_steps_of_a_run() => Assert.Equal(RunPlan.StepNames, RunSettings.StepNames);

    [Fact]
    public async Task Another_byte_in_a_source_touches_all_steps()
    {
        var before = await Keys(Usual);
        File.AppendAllText(Path.Combine(folder, "orders.csv"), "2,2011-01-02\n");
        var after = await Keys(Usual);

        Assert.Equal(All.Split(' '), before.Keys.Where(step => before[step] != after[step]));
    }

    [Fact]
    public async Task What_has_changed_is_told_in_words()
    {
        var keys = new StepKeys(WorkspaceCache.Look(folder).Steps, WorkspaceCache.Look(folder).Objects);
        var step = new SegmentStep(Usual with { Segmentation = new() { MinShare = 0.05 } });
        var earlier = StepKey.Of(new SegmentStep(Usual), null, new Dictionary<string, string> { ["features"] = "a" });
        var now = StepKey.Of(step, await ((IStep)step).Inputs, new Dictionary<string, string> { ["features"] = "b" });

        Assert.Equal("after features, segmentation.min_share: 0.03 → 0.05", now.Against(new(1, "segment", earlier.Digest, earlier.Parts, new Dictionary<string, StoredObject>(), "")));
        Assert.NotNull(keys);
    }

    private async Task<Dictionary<string, string>> Keys(WorkspaceSettings settings)
    {
        var (objects, cache) = WorkspaceCache.Look(folder);
        var keys = new StepKeys(cache, objects);
        var digests = new Dictionary<string, string>();
        foreach (var step in RunSteps.Training(settings, InputFiles.Find(folder, settings, default)))
            digests[step.Name] = (await keys.Of(step)).Digest;
        return digests;
    }
}
