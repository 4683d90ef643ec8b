using Clientele.Problems;
using Clientele.Settings;

namespace Clientele.Tests.Settings;

public sealed class SettingsFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("clientele-settings-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private const string Minimal = """
        sources: [{files: orders.csv}]
        columns: {invoice: Invoice, customer: Customer, ordered_at: Date}
        """;

    [Fact]
    public void A_minimal_file_gets_every_default()
    {
        var (settings, problems) = Check(Minimal);

        Assert.Empty(problems);
        Assert.Equal(["orders.csv"], settings!.Sources[0].Files);
        Assert.Equal(42UL, settings.Seed);
        Assert.Equal((4, 8), (settings.Segmentation.MinSegments, settings.Segmentation.MaxSegments));
        Assert.Equal(1, settings.Columns.ConstantQuantity);
        Assert.Null(settings.Columns.Quantity);
    }

    [Theory]
    [InlineData("segmentation: {segmnts: 4..8}", "config/unknown-key", "Did you mean 'segments'?")]
    [InlineData("outliers: {share: 0.9}", "config/wrong-value", "a number from 0 to 0.5")]
    [InlineData("scaling: {transform: yeo-jonson}", "config/wrong-value", "Did you mean 'yeo-johnson'?")]
    [InlineData("features: {as_of: 31/12/2011}", "config/wrong-value", "2011-12-31")]
    [InlineData("segmentation: {segments: 8..4}", "config/wrong-value", "4..8")]
    [InlineData("cleaning: {missing: [custmer]}", "config/wrong-value", "Did you mean 'customer'?")]
    [InlineData("engine: ftp://somewhere", "config/wrong-value", "http://user@host:8123/db")]
    [InlineData("engine: http://me:secret@host:8123/db", "config/secret", "CLIENTELE_ENGINE_PASSWORD")]
    [InlineData("tracking: {mlflow: localhost:5000}", "config/wrong-value", "http://host:5000")]
    [InlineData("tracking: {mlflow: 'http://me:secret@host:5000'}", "config/wrong-value", "in the environment")]
    [InlineData("artifacts: gs://bucket", "config/wrong-value", "s3://bucket/prefix")]
    [InlineData("artifacts: s3://key:secret@bucket/prefix", "config/wrong-value", "keys stand in the environment")]
    [InlineData("artifacts: s3://bucket/prefix?endpoint=ftp://host", "config/wrong-value", "s3://bucket/prefix?endpoint=https://")]
    [InlineData("artifacts: s3://bucket/prefix?acl=public", "config/wrong-value", "s3://bucket/prefix")]
    [InlineData("currency: Pounds", "config/wrong-value", "GBP")]
    [InlineData("features: {target_until: 2011-12-01}", "config/wrong-value", "as_of")]
    public void What_is_wrong_is_named_with_its_line_and_the_remedy(string line, string kind, string remedy)
    {
        var (_, problems) = Check(Minimal + "\n" + line);

        var problem = Assert.Single(problems);
        Assert.Equal(kind, problem.Kind);
        Assert.Equal(3, problem.Where!.Line);
        Assert.Contains(remedy, problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_are_listed_in_the_order_of_the_file()
    {
        var (_, problems) = Check("sorces: []\nseed: many\n" + Minimal + "\noutputs: {cvs: true}");

        Assert.Equal([1, 2, 5], problems.Select(problem => (int)problem.Where!.Line));
    }

    [Fact]
    public void A_file_that_is_not_YAML_is_refused_with_its_line()
    {
        var (_, problems) = Check("sources: [\n  - {");

        Assert.Equal("config/not-yaml", Assert.Single(problems).Kind);
    }

    [Fact]
    public void A_folder_without_a_workspace_says_how_to_make_one() =>
        Assert.Contains("clientele init", Assert.Throws<ProblemException>(() => SettingsFile.Load(folder)).Problem.Remedy, StringComparison.Ordinal);

    [Fact]
    public void Price_and_line_total_exclude_each_other()
    {
        var (_, problems) = Check("sources: [{files: a.csv}]\ncolumns: {invoice: [customer, day], customer: C, ordered_at: D, price: P, line_total: T}");

        Assert.Contains("exclude", Assert.Single(problems).What, StringComparison.Ordinal);
    }

    public static TheoryData<string> Presets => [.. Preset.All.Select(preset => preset.Name)];

    [Theory, MemberData(nameof(Presets))]
    public void Every_preset_reads_back_as_it_was_meant(string name)
    {
        var preset = Preset.All.Single(candidate => candidate.Name == name);
        var columns = new ColumnMapping { Invoice = "Invoice No", Customer = "Customer: ID", OrderedAt = "when", Product = "Pro\"duct", Quantity = "Qty", LineTotal = "total", DateOrder = DateOrder.DayFirst, Country = "Land" };

        var (settings, problems) = Check(WorkspaceTemplate.Render(preset, ["../some orders/*.csv"], columns, ["a", "b"], [], workbook: true));

        Assert.Empty(problems);
        Assert.Equal(columns, settings!.Columns);
        Assert.Equal(preset.Features, settings.Features);
        Assert.Equal(preset.Sheets, settings.Sources[0].Sheets);
        Assert.Equivalent(preset.Cleaning, settings.Cleaning, strict: true);
        Assert.Equivalent(new SegmentationSettings(), settings.Segmentation, strict: true);
        Assert.Equal(new OutlierSettings(), settings.Outliers);
        Assert.Equal(new PreparationSettings(), settings.Preparation);
        Assert.Equal(new OutputSettings(), settings.Outputs);
    }

    private (WorkspaceSettings? Settings, IReadOnlyList<Problem> Problems) Check(string yaml)
    {
        File.WriteAllText(Path.Combine(folder, SettingsFile.Name), yaml);
        return SettingsFile.Check(folder);
    }
}
