using Clientele.Cleaning;
using Clientele.Engines;
using Clientele.Features;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Pipeline;

/// <summary>Orders, read and cleaned: the road that prediction and back-tests share with a run.</summary>
/// <param name="HomeCountry">What <c>is_home_country</c> asks for; null when the source has no country.</param>
internal sealed record OrderIntake(SourceRead Source, Ledger Ledger, string? HomeCountry)
{
    /// <param name="folder">What relative paths of sources start from.</param>
    /// <param name="plain">Plain files, which were begun before the engines.</param>
    /// <param name="asOf">Null: all lines count, and the day of the last kept one is the reference.</param>
    public static async Task<OrderIntake> Read(
        EnginePair engines, string folder, WorkspaceSettings settings, PlainSources plain, AsOf? asOf, IProgress<string>? progress, CancellationToken cancel)
    {
        var source = await SourceReader.Read(engines.Reader, engines.Worker, folder, settings, plain, progress, cancel);
        progress?.Report($"{source.Rows:N0} rows read, cleaning");
        var ledger = await Cleaner.Clean(engines.Worker, settings.Cleaning, asOf, source, cancel);
        await engines.Worker.Execute(Sql.Text("DROP TABLE lines"), cancel: cancel);
        string? home = source.Fields.Country ? settings.Features.HomeCountry ?? await FeatureSnapshot.Home(engines.Worker, cancel) : null;
        return new(source, ledger, home);
    }
}
