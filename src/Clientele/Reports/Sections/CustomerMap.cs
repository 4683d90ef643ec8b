namespace Clientele.Reports.Sections;

/// <summary>Every customer (or an even sample) where the first two principal components put them.</summary>
internal static class CustomerMap
{
    public static void Write(HtmlWriter page, Story story)
    {
        var segmentation = story.Segmentation;
        var sample = MapSample.Rows(segmentation.Labels, segmentation.Outliers);
        int n = segmentation.Labels.Count;
        string count = sample.Count < n ? $"{Figures.Count(sample.Count)} of {Figures.Count(n)} customers, evenly sampled" : $"{Figures.Count(n)} customers";
        page.Write($"""
            <h2 id="map-heading">Who is near whom</h2>
            <p class="intro">Each mark is a customer. Near means alike in the clustered features; the two axes are the directions in which customers differ most.</p>
            """);
        new Figure("customers", "map", "Customers by persona", $"{count}. Hollow marks: outliers, left out of the fit and assigned afterwards ({Figures.Count(segmentation.Outliers.Count(o => o))} of {Figures.Count(n)}).")
            .Write(page, () =>
            {
                page.Write($"""<table><caption>Customers by persona</caption><thead><tr><th scope="col">Persona</th><th scope="col">First component</th><th scope="col">Second component</th><th scope="col">Outlier</th></tr></thead><tbody>""");
                foreach (int row in sample)
                {
                    double second = segmentation.Positions.Columns > 1 ? segmentation.Positions[row, 1] : 0;
                    page.Write($"<tr><td>{story.Name(segmentation.Labels[row])}</td><td>{Figures.Number(segmentation.Positions[row, 0])}</td><td>{Figures.Number(second)}</td><td>{(segmentation.Outliers[row] ? "yes" : "")}</td></tr>\n");
                }
                page.Write($"</tbody></table>");
            });
    }
}
