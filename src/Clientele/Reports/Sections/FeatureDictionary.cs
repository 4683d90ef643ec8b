namespace Clientele.Reports.Sections;

/// <summary>What every feature means, and which were left out and why.</summary>
internal static class FeatureDictionary
{
    public static void Write(HtmlWriter page, Story story)
    {
        var (features, clustered) = (story.Segmentation.Features, story.Segmentation.ClusteredColumns.ToHashSet());
        page.Write($"""
            <h2 id="features-heading">What is known of a customer</h2>
            <p class="intro">Feature set <code>{story.Data.Settings.Features.Set}</code>. Customers are compared by {clustered.Count} features; the others describe.</p>
            """);
        Figure.Scroll(page, "Features", () =>
        {
            page.Write($"""<table class="words"><caption>Feature dictionary</caption><thead><tr><th scope="col">Feature</th><th scope="col">Column</th><th scope="col">Formula</th><th scope="col">Unit</th><th scope="col">Range</th><th scope="col">Used to</th></tr></thead><tbody>""");
            for (int j = 0; j < features.Columns.Count; j++)
            {
                var feature = features.Columns[j];
                page.Write($"""<tr><th scope="row">{feature.Label}</th><td><code>{feature.Name}</code></td><td>{feature.Formula}</td><td>{feature.Unit}</td><td>{feature.Range}</td><td>{(clustered.Contains(j) ? "compare" : "describe")}</td></tr>""");
            }
            page.Write($"</tbody></table>");
        });
        if (features.LeftOut.Count == 0)
            return;
        page.Write($"<h3>Left out, because the source cannot support them</h3>");
        Figure.Scroll(page, "Features left out", () =>
        {
            page.Write($"""<table class="words"><caption>Features left out</caption><thead><tr><th scope="col">Feature</th><th scope="col">Column</th><th scope="col">Reason</th></tr></thead><tbody>""");
            foreach (var (feature, reason) in features.LeftOut)
                page.Write($"""<tr><th scope="row">{feature.Label}</th><td><code>{feature.Name}</code></td><td>{reason}</td></tr>""");
            page.Write($"</tbody></table>");
        });
    }
}
