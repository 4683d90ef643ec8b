using Clientele.Learning;

namespace Clientele.Reports.Sections;

/// <summary>The evidence for both answers: every measure at every k, and what each criterion votes for.</summary>
internal static class ChoiceOfK
{
    public static void Write(HtmlWriter page, Story story)
    {
        var (natural, recommended) = (story.Segmentation.Natural, story.Segmentation.Recommended);
        page.Write($"""
            <h2 id="choice-heading">How many segments, and how sure</h2>
            <p class="intro">Two questions with two kinds of evidence. Whether there are natural groups is a vote of criteria that can also say “none”. Which division is of use is a matter of size and stability.
            The k in use is marked in every chart.</p>
            """);
        Votes(page, natural);
        page.Write($"""<div class="charts">""");
        Jaccards(page, story, recommended);
        var known = natural.Evidence;
        Lines(page, story, "prediction", Strength(known), "Share of pairs that a second half of the data puts together again, with one standard error; 0.8 speaks for real groups.",
            [("Prediction strength", e => e.PredictionStrength, e => e.PredictionStrengthError)], (0.8, "0.8"));
        Lines(page, story, "gap-uniform", Best("The gap over evenly spread data is widest", known, e => e.GapUniform),
            "How much tighter the groups are than in data spread evenly over a box, log scale, with one standard error; it should rise clearly above its value at 1.",
            [("Gap, uniform reference", e => e.GapUniform, e => e.GapUniformError)]);
        Lines(page, story, "gap-gaussian", Best("The gap over one cloud is widest", known, e => e.GapGaussian),
            "The same against a single Gaussian cloud of the same shape: the harder test.",
            [("Gap, Gaussian reference", e => e.GapGaussian, e => e.GapGaussianError)]);
        Lines(page, story, "silhouette", Best("Silhouette is highest", known, e => e.Silhouette), "Nearness to the own group against the next, −1 … 1; higher is better.", [("Silhouette", e => e.Silhouette, null)]);
        Lines(page, story, "davies-bouldin", Best("Davies–Bouldin is lowest", known, e => -e.DaviesBouldin), "Spread within groups over the distance between them, ≥ 0; lower is better.", [("Davies–Bouldin", e => e.DaviesBouldin, null)]);
        Lines(page, story, "calinski-harabasz", Best("Calinski–Harabasz is highest", known, e => e.CalinskiHarabasz), "Variance between groups over variance within, ≥ 0; higher is better.", [("Calinski–Harabasz", e => e.CalinskiHarabasz, null)]);
        Lines(page, story, "inertia", "Inertia falls with every further segment", "Sum of squared distances to the own centre; look for a bend, not for the least.", [("Inertia", e => e.Inertia, null)]);
        page.Write($"</div>");
    }

    private static void Votes(HtmlWriter page, NaturalGroups natural)
    {
        if (natural.Votes.Count == 0)
            return;
        page.Write($"""<h3>What every criterion says</h3>""");
        Figure.Scroll(page, "Votes", () =>
        {
            page.Write($"""<table class="votes"><caption>Natural groups: votes</caption><thead><tr><th scope="col">Criterion</th><th scope="col">Picks</th><th scope="col">Agrees with the answer</th></tr></thead><tbody>""");
            foreach (var vote in natural.Votes)
                page.Write($"""<tr><th scope="row">{vote.Criterion}</th><td>{(vote.Clusters == 1 ? "none" : $"{vote.Clusters} groups")}</td><td>{(vote.Clusters == (natural.Clusters ?? 1) ? "yes" : "no")}</td></tr>""");
            page.Write($"""</tbody><tfoot><tr><th scope="row">Answer</th><td>{(natural.Clusters is { } k ? $"{k} groups" : "none")}</td><td>confidence {Figures.Percent(natural.Confidence, 0)}</td></tr>""");
            page.Write($"""<tr><th scope="row">Runner-up</th><td>{(natural.RunnerUp is { } next ? $"{next} groups" : "none")}</td><td></td></tr></tfoot></table>""");
        });
    }

    private static void Jaccards(HtmlWriter page, Story story, RecommendedSegments recommended)
    {
        if (recommended.Candidates.Count == 0)
            return;
        double floor = story.Data.Settings.Segmentation.MinJaccard;
        var least = recommended.Candidates.Where(candidate => candidate.Jaccards.Count > 0).ToDictionary(candidate => candidate.Clusters, candidate => candidate.Jaccards.Min());
        string title = least.TryGetValue(recommended.Clusters, out double at)
            ? $"With {recommended.Clusters} segments the least stable has a Jaccard of {Figures.Number(at, 2)}"
            : "Stability of every segment";
        new Figure("jaccards", "dots", title, "One dot per segment: how much of it comes back when customers are drawn anew (mean Jaccard), 0 … 1.")
        { Floor = (floor, $"floor {Figures.Number(floor, 2)}"), Marked = $"{story.Segmentation.Clusters}" }.Write(page, () =>
        {
            page.Write($"""<table><caption>Stability by number of segments</caption><thead><tr><th scope="col">Segments</th><th scope="col">Segment</th><th scope="col">Share of customers</th><th scope="col">Jaccard</th></tr></thead><tbody>""");
            foreach (var candidate in recommended.Candidates)
                for (int i = 0; i < candidate.Jaccards.Count; i++)
                    page.Write($"""<tr><th scope="row">{candidate.Clusters}</th><td>{i + 1}</td><td>{Figures.Percent(candidate.Shares[i])}</td><td>{Figures.Number(candidate.Jaccards[i])}</td></tr>""");
            page.Write($"</tbody></table>");
        });
    }

    private static void Lines(
        HtmlWriter page, Story story, string id, string title, string note,
        IReadOnlyList<(string Name, Func<ClusterEvidence, double> Value, Func<ClusterEvidence, double>? Error)> series, (double, string)? floor = null)
    {
        if (!story.Segmentation.Natural.Evidence.Any(evidence => series.Any(each => double.IsFinite(each.Value(evidence)))))
            return;
        new Figure(id, "lines", title, note) { Floor = floor, Marked = $"{story.Segmentation.Clusters}" }.Write(page, () =>
        {
            page.Write($"""<table><caption>{title}</caption><thead><tr><th scope="col">Segments</th>""");
            foreach (var (name, _, error) in series)
            {
                page.Write($"""<th scope="col" data-series>{name}</th>""");
                if (error is not null)
                    page.Write($"""<th scope="col" data-error>± standard error</th>""");
            }
            page.Write($"</tr></thead><tbody>");
            foreach (var evidence in story.Segmentation.Natural.Evidence)
            {
                page.Write($"""<tr><th scope="row">{evidence.Clusters}</th>""");
                foreach (var (_, value, error) in series)
                {
                    page.Write($"<td>{Measure(value(evidence))}</td>");
                    if (error is not null)
                        page.Write($"<td>{Measure(error(evidence))}</td>");
                }
                page.Write($"</tr>");
            }
            page.Write($"</tbody></table>");
        });
    }

    private static string Measure(double value) => Figures.Number(value, Math.Abs(value) >= 100 ? 1 : 3);

    private static string Best(string finding, IReadOnlyList<ClusterEvidence> evidence, Func<ClusterEvidence, double> measure)
    {
        var known = evidence.Where(each => double.IsFinite(measure(each))).ToList();
        return known.Count == 0 ? "Not measured" : $"{finding} at {known.MaxBy(measure)!.Clusters} segments";
    }

    private static string Strength(IReadOnlyList<ClusterEvidence> evidence)
    {
        int most = evidence.Where(each => each.Clusters > 1 && each.PredictionStrength >= 0.8).Select(each => each.Clusters).DefaultIfEmpty(0).Max();
        return most == 0 ? "No division is predicted well by half of the data" : $"Prediction strength holds at 0.8 up to {most} segments";
    }
}
