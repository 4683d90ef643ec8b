using Clientele.Artifacts;
using Clientele.Cleaning;
using Clientele.Features;
using Clientele.Settings;

namespace Clientele.Pipeline;

/// <summary>Makes the snapshot: a row of features for every customer.</summary>
internal sealed class FeaturesStep(WorkspaceSettings settings) : IStep
{
    public const string StepName = "features";
    public static readonly Artifact<FeatureTable> Table = new(StepName, "table.bin", FeatureTableFile.Write, FeatureTableFile.Read);
    public static readonly Artifact<HomeCountry> Home = Artifact<HomeCountry>.Json(StepName, "home_country.json");

    public string Name => StepName;
    public IReadOnlyList<string> After => [IngestStep.StepName, CleanStep.StepName];
    public object Settings => new { settings.Features };

    public async Task<string> Run(StepContext run, CancellationToken cancel)
    {
        var orders = await run.Tables.Orders(cancel);
        var (fields, ledger) = (run.Read(IngestStep.Source).Fields, run.Read(CleanStep.Ledger));
        string? home = fields.Country ? settings.Features.HomeCountry ?? await FeatureSnapshot.Home(orders, cancel) : null;
        var asOf = AsOf.Of(settings.Features) ?? AsOf.EndOf(ledger.LastDay);
        var features = await FeatureSnapshot.Build(orders, settings.Features with { HomeCountry = home }, fields, asOf, cancel);
        run.Leave(Table, features);
        run.Leave(Home, new(home));
        return $"{features.Customers.Count:N0} customers   {features.Columns.Count} features";
    }
}

/// <param name="Name">What <c>is_home_country</c> asks for; null when the source has no country.</param>
internal sealed record HomeCountry(string? Name);
