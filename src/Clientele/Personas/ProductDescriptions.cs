using Clientele.Engines;

namespace Clientele.Personas;

/// <summary>What products are called: of each the most frequent description, without blanks at its ends.</summary>
internal static class ProductDescriptions
{
    private static readonly Sql Query = new("Personas/descriptions.sql");

    public static async Task<Dictionary<string, string>> Of(EngineClient engine, CancellationToken cancel)
    {
        var descriptions = new Dictionary<string, string>();
        await foreach (var (product, text) in engine.Query(Query, r => (r.ReadString(), r.ReadString().Trim()), cancel: cancel).ConfigureAwait(false))
            descriptions[product] = text;
        return descriptions;
    }
}
