using Clientele.Personas;

namespace Clientele.Reports.Sections;

/// <summary>What is usual in each persona, in the units of the shop.</summary>
internal static class Profiles
{
    public static void Write(HtmlWriter page, Story story)
    {
        page.Write($"""
            <h2 id="profiles-heading">What is usual for whom</h2>
            <p class="intro">Medians in original units. Shading and arrows say how far a persona stands from all other customers (Cliff's delta):
            <span class="key down2">▼ lower</span> <span class="key">alike</span> <span class="key up2">▲ higher</span></p>
            """);
        Figure.Scroll(page, "Medians", () => Medians(page, story));
        new Figure("spread", "ranges", "The middle half of every persona", "From the lower to the upper quartile, with the median as a mark; choose a feature.").Write(page, () => Quartiles(page, story));
    }

    private static void Medians(HtmlWriter page, Story story)
    {
        var columns = story.Personas[0].Profile;
        page.Write($"""<table class="heat medians"><caption>Median of every feature by persona</caption><thead><tr><th scope="col">Feature</th>""");
        foreach (var segment in story.Segments)
            page.Write($"""<th scope="col"><span class="swatch p{segment.Label % 8}"></span>{story.Name(segment.Label)}</th>""");
        page.Write($"""<th scope="col">Everyone</th></tr></thead><tbody>""");
        for (int j = 0; j < columns.Count; j++)
        {
            page.Write($"""<tr><th scope="row">{columns[j].Label}<small>{story.Say.Unit(columns[j].Column)}</small></th>""");
            foreach (var segment in story.Segments)
            {
                var profile = story.Personas[segment.Label].Profile[j];
                int level = Level(profile.Effect);
                page.Write($"""<td class="{(level < 0 ? "down" : "up")}{Math.Abs(level)}">{Usual(story, profile, profile.Segment)}{(level >= 2 ? " ▲" : level <= -2 ? " ▼" : "")}</td>""");
            }
            page.Write($"<td>{Usual(story, columns[j], columns[j].Everyone)}</td></tr>\n");
        }
        page.Write($"</tbody></table>");
    }

    private static void Quartiles(HtmlWriter page, Story story)
    {
        var columns = story.Personas[0].Profile;
        page.Write($"""<table><caption>Quartiles of every feature by persona</caption><thead><tr><th scope="col">Feature</th><th scope="col">Persona</th><th scope="col">Lower quartile</th><th scope="col">Median</th><th scope="col">Upper quartile</th></tr></thead>""");
        for (int j = 0; j < columns.Count; j++)
        {
            page.Write($"""<tbody data-feature="{columns[j].Label}" data-axis="{Axis(story, columns[j])}">""");
            foreach (var segment in story.Segments)
            {
                var spread = story.Personas[segment.Label].Profile[j].Segment;
                page.Write($"""<tr><th scope="row">{columns[j].Label}</th><td>{story.Name(segment.Label)}</td><td>{Figures.Short(spread.LowerQuartile)}</td><td>{Figures.Short(spread.Median)}</td><td>{Figures.Short(spread.UpperQuartile)}</td></tr>""");
            }
            page.Write($"</tbody>\n");
        }
        page.Write($"</table>");
    }

    private static string Axis(Story story, FeatureProfile profile) =>
        story.Say.Unit(profile.Column) is { Length: > 0 } unit ? $"{profile.Label} ({unit})" : profile.Label;

    // Of yes and no the share says more than the median.
    private static string Usual(Story story, FeatureProfile profile, Spread spread) =>
        profile.Unit is "flag" ? Figures.Percent(spread.Mean, 0) : story.Say.Of(profile.Column, spread.Median);

    // −3 … 3. Effects of .11, .28 and .43 are called small, medium and large (Vargha & Delaney 2000).
    private static int Level(double effect) => Math.Sign(effect) * Math.Abs(effect) switch
    {
        >= 0.43 => 3,
        >= 0.28 => 2,
        >= 0.11 => 1,
        _ => 0,
    };
}
