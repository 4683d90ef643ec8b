namespace Clientele.Reports.Sections;

/// <summary>Which features tell the same story.</summary>
internal static class Correlations
{
    public static void Write(HtmlWriter page, Story story)
    {
        var features = story.Segmentation.Features;
        var r = Correlation.Pearson(features.Values);
        page.Write($"""
            <h2 id="correlations-heading">{Finding(story, r)}</h2>
            <p class="intro">Pearson's correlation of every pair of features over {Figures.Count(features.Customers.Count)} customers, −1 … 1:
            <span class="key down3">−1</span> <span class="key">0</span> <span class="key up3">+1</span>. A dash: the feature is the same for all.</p>
            """);
        Figure.Scroll(page, "Correlations", () =>
        {
            page.Write($"""<table class="heat matrix"><caption>Correlation of features</caption><thead><tr><th scope="col">Feature</th>""");
            for (int j = 0; j < r.Columns; j++)
                page.Write($"""<th scope="col"><span>{features.Columns[j].Label}</span></th>""");
            page.Write($"</tr></thead><tbody>");
            for (int i = 0; i < r.Rows; i++)
            {
                page.Write($"""<tr><th scope="row">{features.Columns[i].Label}</th>""");
                for (int j = 0; j < r.Columns; j++)
                    page.Write($"""<td class="{Shade(r[i, j])}">{Figures.Number(r[i, j], 2)}</td>""");
                page.Write($"</tr>\n");
            }
            page.Write($"</tbody></table>");
        });
    }

    private static string Shade(double r) => double.IsNaN(r) ? "" : (r < 0 ? "down" : "up") + (int)Math.Round(Math.Abs(r) * 3, MidpointRounding.AwayFromZero);

    private static string Finding(Story story, Learning.Matrix r)
    {
        var columns = story.Segmentation.Features.Columns;
        var pairs =
            from a in Enumerable.Range(0, r.Rows)
            from b in Enumerable.Range(0, a)
            where double.IsFinite(r[a, b])
            select (A: b, B: a, Strength: Math.Abs(r[a, b]));
        var strongest = pairs.OrderByDescending(pair => pair.Strength).FirstOrDefault();
        return strongest.Strength == 0 ? "What moves together"
            : $"What moves together: {columns[strongest.A].Label} and {columns[strongest.B].Label} most";
    }
}
