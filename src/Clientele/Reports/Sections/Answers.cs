using Clientele.Segments;
using Clientele.Settings;

namespace Clientele.Reports.Sections;

/// <summary>The two questions in a sentence each, and who brings the revenue.</summary>
internal static class Answers
{
    public static void Write(HtmlWriter page, Story story)
    {
        page.Write($"""
            <h2 id="answers-heading">The answer</h2>
            <div class="answers"><article><h3>Are there natural groups?</h3><p class="verdict">{Natural(story)}</p><p>{NaturalReason(story)}</p></article>
            <article><h3>How many segments are of use?</h3><p class="verdict">{Useful(story)}</p><p>{UsefulReason(story)}</p></article></div>
            """);
        Shares(page, story);
    }

    // 'evidence: plain' asks for three indices and no more: then neither question was put.
    private static bool WasAsked(Story story) => story.Segmentation.Natural.Votes.Count > 0;

    private static string Natural(Story story) => !WasAsked(story) ? "Not studied" : story.Segmentation.Natural.Clusters is { } k ? $"Yes: {k}" : "No";

    private static string NaturalReason(Story story)
    {
        if (!WasAsked(story))
            return "Only plain evidence was asked for, and silhouette, Davies–Bouldin and Calinski–Harabasz cannot say “none”.";
        var natural = story.Segmentation.Natural;
        string confidence = Figures.Percent(natural.Confidence, 0);
        string runnerUp = natural.RunnerUp is { } next ? $" The runner-up is {next}." : "";
        return natural.Clusters is { } k
            ? $"Customers fall into {k} groups of their own accord (confidence {confidence}).{runnerUp}"
            : $"Customers form a continuum: the criteria find no gaps in it (confidence {confidence}).{runnerUp} Segments of a continuum are still of use, they only have soft edges.";
    }

    private static string Useful(Story story) => story.Data.Settings.Segmentation.Model != SegmentationSettings.KMeans
        ? $"{story.Segmentation.Clusters} personas"
        : story.Segmentation.Clusters == story.Segmentation.Recommended.Clusters
        ? $"{story.Segmentation.Clusters} personas" + (story.Segmentation.Recommended.AllStable ? ", every one stable" : "")
        : $"{story.Segmentation.Clusters} personas, the natural groups";

    private static string UsefulReason(Story story)
    {
        var (settings, segmentation) = (story.Data.Settings.Segmentation, story.Segmentation);
        var recommended = segmentation.Recommended;
        if (!WasAsked(story))
            return $"The division with the best silhouette of those from 2 to {settings.MaxNaturalGroups}; its stability was not measured.";
        if (settings.Model != SegmentationSettings.KMeans)
            return $"How many are of use was studied with k-means; {ClusterModels.Title(settings.Model)} made the segments, and their own stability was not measured.";
        string range = $"from {settings.MinSegments} to {settings.MaxSegments}";
        string floors = $"at least {Figures.Percent(settings.MinShare, 0)} of customers in every segment, and a Jaccard of {Figures.Number(settings.MinJaccard, 2)} or more over {settings.Resamples} resamples";
        double least = recommended.Candidates.Where(each => each.Clusters == recommended.Clusters).SelectMany(each => each.Jaccards).DefaultIfEmpty(double.NaN).Min();
        return segmentation.Clusters != recommended.Clusters
            ? $"The natural groups lie in the range {range}, so the personas describe them. By size and stability alone it would be {recommended.Clusters}."
            : recommended.AllStable
                ? $"The finest division {range} that keeps both floors: {floors}. Its least stable segment has {Figures.Number(least, 2)}."
                : $"No division {range} keeps both floors ({floors}); this one comes nearest. Its least stable segment has a Jaccard of {Figures.Number(least, 2)}.";
    }

    private static void Shares(HtmlWriter page, Story story)
    {
        var top = story.HasMoney ? story.Segments.MaxBy(story.RevenueShare)! : story.Segments.MaxBy(segment => segment.Share)!;
        string title = story.HasMoney
            ? $"{story.Name(top.Label)}: {Figures.Percent(top.Share, 0)} of customers bring {Figures.Percent(story.RevenueShare(top), 0)} of revenue"
            : $"{story.Name(top.Label)} is the largest persona: {Figures.Percent(top.Share, 0)} of customers";
        string note = $"Share of {Figures.Count(story.Segmentation.Features.Customers.Count)} customers"
            + (story.HasMoney ? $" and of {story.Say.Money(story.Data.Ledger.Kept.Revenue)} revenue" : "") + ", by persona.";
        new Figure("shares", "bars", title, note).Write(page, () =>
        {
            page.Write($"""<table><caption>{title}</caption><thead><tr><th scope="col">Persona</th><th scope="col" data-series>Share of customers</th>""");
            if (story.HasMoney)
                page.Write($"""<th scope="col" data-series>Share of revenue</th>""");
            page.Write($"""<th scope="col">Customers</th>""");
            if (story.HasMoney)
                page.Write($"""<th scope="col">Revenue</th>""");
            page.Write($"</tr></thead><tbody>");
            foreach (var segment in story.Segments)
            {
                page.Write($"""<tr><th scope="row"><a href="#persona-{segment.Label + 1}">{story.Name(segment.Label)}</a></th><td>{Figures.Percent(segment.Share)}</td>""");
                if (story.HasMoney)
                    page.Write($"<td>{Figures.Percent(story.RevenueShare(segment))}</td>");
                page.Write($"<td>{Figures.Count(segment.Customers)}</td>");
                if (story.HasMoney)
                    page.Write($"<td>{story.Say.Money(segment.Revenue)}</td>");
                page.Write($"</tr>\n");
            }
            page.Write($"</tbody></table>");
        });
    }
}
