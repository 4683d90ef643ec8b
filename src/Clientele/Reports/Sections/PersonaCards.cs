using Clientele.Features;
using Clientele.Personas;

namespace Clientele.Reports.Sections;

/// <summary>One card per persona: who they are, what sets them apart, what to do, and how far to trust it.</summary>
internal static class PersonaCards
{
    public static void Write(HtmlWriter page, Story story)
    {
        page.Write($"<h2 id=\"personas-heading\">Who your customers are</h2>\n");
        if (story.Data.HitRate is { Customers: > 0 } rate)
            page.Write($"""<p class="intro">Offers were put to the test: learnt from the days before {Figures.Day(rate.From)}, {rate.Products} products for each customer. By {Figures.Day(rate.Until)}, {Figures.Percent(rate.Share)} of {Figures.Count(rate.Customers)} customers had newly bought at least one of theirs; of the shop's best-sellers it would have been {Figures.Percent(rate.BestSellerShare)}.</p>""");
        foreach (var segment in story.Segments)
            Card(page, story, story.Personas[segment.Label], segment.Label, story.RevenueShare(segment));
    }

    private static void Card(HtmlWriter page, Story story, Persona persona, int label, double revenueShare)
    {
        page.Write($"""
            <article class="persona p{label % 8}" id="persona-{persona.Segment}" aria-labelledby="persona-{persona.Segment}-name">
            <header><p class="eyebrow"><span class="swatch p{label % 8}"></span>Segment {persona.Segment}</p>
            <h3 id="persona-{persona.Segment}-name">{persona.Name}</h3><p class="story"><bdi>{persona.Story}</bdi></p>
            <dl class="figures"><div><dt>Customers</dt><dd>{Figures.Count(persona.Customers)}<small>{Figures.Percent((double)persona.CustomerShare)}</small></dd></div>
            """);
        if (persona.Revenue is { } revenue)
            page.Write($"<div><dt>Revenue</dt><dd>{story.Say.RoundMoney(revenue)}<small>{Figures.Percent(revenueShare)}</small></dd></div>");
        page.Write($"""</dl><p class="action"><strong>What to do</strong> {persona.Action}</p></header>""");
        Traits(page, story, persona);
        page.Write($"""<div class="facts">""");
        Rule(page, persona);
        Habits(page, story, persona);
        Offers(page, story, persona);
        Trust(page, persona);
        page.Write($"</div></article>\n");
    }

    private static void Traits(HtmlWriter page, Story story, Persona persona)
    {
        page.Write($"""<div class="traits"><h4>What sets them apart</h4><table><caption>Against everyone else</caption><thead><tr><th scope="col">Trait</th><th scope="col">They</th><th scope="col">Everyone</th><th scope="col">Effect <span class="unseen">(Cliff's delta, −1 … 1)</span></th></tr></thead><tbody>""");
        foreach (var trait in persona.Traits)
        {
            var feature = story.Segmentation.Features.Columns.FirstOrDefault(column => column.Name == trait.Feature);
            page.Write($"""<tr><th scope="row">{trait.Label}<small>{trait.Measure}</small></th><td>{Value(story, feature, trait.Value)}</td><td>{Value(story, feature, trait.Everyone)}</td><td class="effect">""");
            EffectBar(page, trait.Effect);
            page.Write($"<span>{(trait.Effect > 0 ? "+" : "")}{Figures.Number(trait.Effect, 2)}</span></td></tr>");
        }
        page.Write($"</tbody></table></div>");
    }

    private static string Value(Story story, Feature? feature, double value) => feature is null ? Figures.Short(value) : story.Say.Of(feature, value);

    private static void EffectBar(HtmlWriter page, double effect)
    {
        double length = Math.Min(Math.Abs(effect), 1) * 50;
        page.Write($"""
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><line x1="50" x2="50" y1="0" y2="10"/><rect class="{(effect < 0 ? "less" : "more")}" x="{(effect < 0 ? 50 - length : 50):0.##}" width="{length:0.##}" y="1.5" height="7" rx="1"/></svg>
            """);
    }

    private static void Rule(HtmlWriter page, Persona persona) => page.Write($"""
        <div><h4>How to spot them</h4><p>{Capital(persona.Rule.Text)}</p>
        <p class="fine">Finds {Figures.Percent(persona.Rule.Recall, 0)} of them; {Figures.Percent(persona.Rule.Precision, 0)} of the {Figures.Count(persona.Rule.Matches)} customers it finds are theirs.</p></div>
        """);

    private static void Habits(HtmlWriter page, Story story, Persona persona)
    {
        if (persona.Countries.Count > 0)
            List(page, "Where", persona.Countries.Take(3).Select(each => (each.Country, Figures.Percent(each.Share, 0))));
        When(page, persona, [("hour", Hours(story, persona)), ("weekday", Days(persona))]);
        if (persona.Products.Count > 0)
            List(page, "What many of them buy", persona.Products.Take(5).Select(each =>
                (each.Description.Length > 0 ? each.Description : each.Product, Figures.Percent(each.Share, 0))));
    }

    private static void List(HtmlWriter page, string title, IEnumerable<(string Name, string Figure)> items)
    {
        page.Write($"""<div><h4>{title}</h4><ul class="pairs">""");
        foreach (var (name, figure) in items)
            page.Write($"<li><bdi>{Figures.Name(name)}</bdi><span>{figure}</span></li>");
        page.Write($"</ul></div>");
    }

    // The same hours for every persona, so that they can be compared.
    private static IReadOnlyList<(string Name, double Share)> Hours(Story story, Persona persona)
    {
        var known = story.Personas.SelectMany(each => each.Hours).Select(each => each.Hour).ToList();
        var shares = persona.Hours.ToDictionary(each => each.Hour, each => each.Share);
        return persona.Hours.Count == 0 ? []
            : [.. Enumerable.Range(known.Min(), known.Max() - known.Min() + 1).Select(hour => ($"{hour:00}:00", shares.GetValueOrDefault(hour)))];
    }

    private static IReadOnlyList<(string Name, double Share)> Days(Persona persona)
    {
        var shares = persona.Weekdays.ToDictionary(each => each.Weekday, each => each.Share);
        return shares.Count == 0 ? [] : [.. Figures.Weekdays.Select(day => (day, shares.GetValueOrDefault(day)))];
    }

    private static void When(HtmlWriter page, Persona persona, IEnumerable<(string Unit, IReadOnlyList<(string Name, double Share)> Shares)> habits)
    {
        var known = habits.Where(habit => habit.Shares.Count > 0).ToList();
        if (known.Count == 0)
            return;
        page.Write($"<div><h4>When they order</h4>");
        foreach (var (_, shares) in known)
            Columns(page, shares);
        page.Write($"""<details open data-fold><summary>Show numbers<span class="unseen">: when {persona.Name} orders</span></summary>""");
        foreach (var (unit, shares) in known)
        {
            page.Write($"""<table><caption>Orders by {unit}</caption><thead><tr><th scope="col">By {unit}</th><th scope="col">Share of orders</th></tr></thead><tbody>""");
            foreach (var (name, share) in shares)
                page.Write($"""<tr><th scope="row">{name}</th><td>{Figures.Percent(share)}</td></tr>""");
            page.Write($"</tbody></table>");
        }
        page.Write($"</details></div>");
    }

    // Columns as tall as the share; the busiest is said in words.
    private static void Columns(HtmlWriter page, IReadOnlyList<(string Name, double Share)> shares)
    {
        var busiest = shares.MaxBy(each => each.Share);
        page.Write($"""<p class="fine">{shares[0].Name} to {shares[^1].Name}: most <strong>{busiest.Name}</strong>, {Figures.Percent(busiest.Share, 0)} of orders</p><svg class="columns" viewBox="0 0 {shares.Count * 10} 30" preserveAspectRatio="none" aria-hidden="true">""");
        for (int i = 0; i < shares.Count; i++)
        {
            double height = busiest.Share > 0 ? shares[i].Share / busiest.Share * 29 : 0;
            page.Write($"""<rect x="{i * 10 + 1}" width="8" y="{30 - height:0.##}" height="{height:0.##}"/>""");
        }
        page.Write($"</svg>");
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static void Offers(HtmlWriter page, Story story, Persona persona)
    {
        if (story.Data.Offers.FirstOrDefault(each => each.Segment == persona.Segment) is not { } offers)
            return;
        page.Write($"""<div><h4>What to offer next</h4><ul class="pairs">""");
        foreach (string product in offers.Products)
            page.Write($"<li><bdi>{Figures.Name(product)}</bdi></li>");
        page.Write($"""</ul><p class="fine">Bought by many of them, and not yet by most.</p></div>""");
    }

    private static void Trust(HtmlWriter page, Persona persona)
    {
        page.Write($"""<div><h4>How far to trust it</h4><ul class="pairs">""");
        if (persona.Jaccard is { } jaccard)
            page.Write($"<li>Stability (Jaccard)<span>{Figures.Number(jaccard, 2)}</span></li>");
        if (persona.Silhouette is { } silhouette)
            page.Write($"<li>Silhouette<span>{Figures.Number(silhouette, 2)}</span></li>");
        page.Write($"<li>Outliers among them<span>{Figures.Count(persona.Outliers)}</span></li></ul>");
        if (persona.Examples.Count > 0)
        {
            page.Write($"""<p class="fine">For example """);
            for (int i = 0; i < Math.Min(persona.Examples.Count, 5); i++)
                page.Write($"{(i > 0 ? ", " : "")}<bdi>{Figures.Name(persona.Examples[i])}</bdi>");
            page.Write($"</p>");
        }
        page.Write($"</div>");
    }
}
