using Clientele.Lifetime;

namespace Clientele.Reports.Sections;

/// <summary>What customers will be worth: together, by persona, and who most of all.</summary>
internal static class CustomerWorth
{
    public static void Write(HtmlWriter page, Story story)
    {
        var (valued, portfolio) = (story.Data.Lifetime!, story.Data.Lifetime!.Portfolio);
        page.Write($"""
            <h2 id="value-heading">What customers will be worth</h2>
            <p class="intro">Expected spend in the {portfolio.Horizon} from {Figures.Day(portfolio.Cutoff)}. Amounts are rounded customer by customer, so every sum holds to the cent.</p>
            <div class="answers"><article><h3>All {Figures.Count(portfolio.Total.Customers)} customers</h3><p class="verdict">{story.Say.Money(portfolio.Total.Expected)}</p>
            <p>{story.Say.Money(portfolio.Total.Discounted)} in today's money, at {Figures.Percent(portfolio.DiscountRate)} a year.</p></article>
            """);
        if (portfolio.AtRisk is { } risk)
            page.Write($"""
                <article><h3>Value at risk</h3><p class="verdict">{story.Say.Money(risk.Amount)}</p>
                <p>rests on customers who may not buy at all: expected spend × (1 − chance of a purchase). {Bands(story, risk)}{Tried(portfolio.Buying)}</p></article>
                """);
        page.Write($"</div>");
        ByPersona(page, story, portfolio);
        Top(page, story, valued);
        foreach (string note in portfolio.Notes)
            page.Write($"""<p class="fine">{note}</p>""");
    }

    private static string Bands(Story story, ValueAtRisk risk) => "Of all: " + string.Join("; ", risk.ByRisk.Reverse().Select(band =>
        $"{band.Risk.ToString().ToLowerInvariant()} risk: {Figures.Count(band.Customers)} {(band.Customers == 1 ? "customer" : "customers")}, {story.Say.RoundMoney(band.Expected)}")) + ".";

    private static string Tried(BuyingHoldOut? buying) => buying is null ? "" : $" Tried from {Figures.Day(buying.Cutoff)}: " + string.Join("; ", buying.Bands.Select(band =>
        $"of those at {band.Risk.ToString().ToLowerInvariant()} risk {Figures.Percent(band.Said, 0)} were said to buy, {Figures.Percent(band.Bought, 0)} did")) + ".";

    private static void ByPersona(HtmlWriter page, Story story, Portfolio portfolio)
    {
        if (portfolio.Personas.Where(each => each.Customers > 0).ToList() is not { Count: > 0 } personas)
            return;
        var best = personas.MaxBy(each => each.Expected)!;
        string share = portfolio.Total.Expected > 0 ? $": {Figures.Percent((double)(best.Expected / portfolio.Total.Expected), 0)} of all that is expected" : "";
        new Figure("worth", "bars", $"{best.Group} will bring most{share}", "Expected spend by persona, with how much of it may already be lost.") { Unit = story.Say.Sign }.Write(page, () =>
        {
            page.Write($"""
                <table><caption>Expected spend by persona</caption><thead><tr><th scope="col">Persona</th><th scope="col" data-series>At risk</th><th scope="col" data-series>Expected</th>
                <th scope="col">Each</th><th scope="col">Discounted</th><th scope="col">Customers</th></tr></thead><tbody>
                """);
            foreach (var each in personas)
                Row(page, story, each);
            page.Write($"</tbody><tfoot>");
            Row(page, story, portfolio.Total with { Group = "Everyone" });
            page.Write($"</tfoot></table>");
        });
    }

    private static void Row(HtmlWriter page, Story story, ValueOfGroup group) => page.Write($"""
        <tr><th scope="row">{group.Group}</th><td>{Money(story, group.AtRisk)}</td><td>{story.Say.Money(group.Expected)}</td><td>{story.Say.Money(group.PerCustomer)}</td>
        <td>{story.Say.Money(group.Discounted)}</td><td>{Figures.Count(group.Customers)}</td></tr>

        """);

    private static void Top(HtmlWriter page, Story story, ValuedBase valued)
    {
        var top = valued.Best;
        if (top.Count == 0)
            return;
        decimal total = valued.Portfolio.Total.Expected;
        string title = total > 0 ? $"The top {top.Count} hold {Figures.Percent((double)(top.Sum(each => each.Mean) / total), 0)} of the expected spend" : $"The top {top.Count}";
        string note = top[0].Likely is null ? "Expected spend; nothing in the past tells how sure it is." : "Expected spend (mark), and where spend lies in 80 (thick) and 95 (thin) of 100 such cases. The mark is a mean: few large purchases pull it up, so it need not lie in the middle, and for rare buyers it can lie beyond the thick line.";
        new Figure("top-customers", "spans", title, note) { Unit = story.Say.Sign }.Write(page, () =>
        {
            page.Write($"""
                <table><caption>Customers who will be worth most</caption><thead><tr><th scope="col">Customer</th><th scope="col">Expected</th><th scope="col">80 % from</th><th scope="col">80 % to</th>
                <th scope="col">95 % from</th><th scope="col">95 % to</th><th scope="col">Buys at all</th><th scope="col">Still a customer</th><th scope="col">Next order</th><th scope="col">Why</th></tr></thead><tbody>
                """);
            foreach (var each in top)
                page.Write($"""
                    <tr><th scope="row"><bdi>{Figures.Name(each.Customer)}</bdi></th><td>{story.Say.Money(each.Mean)}</td><td>{Money(story, each.Likely?.Lower)}</td><td>{Money(story, each.Likely?.Upper)}</td>
                    <td>{Money(story, each.Wide?.Lower)}</td><td>{Money(story, each.Wide?.Upper)}</td><td>{(each.Buys is { } buys ? Figures.Percent(buys, 0) : "–")}</td><td>{(each.Alive is { } alive ? Figures.Percent(alive, 0) : "–")}</td>
                    <td>{(each.NextOrder is { } day ? Figures.Day(day) : "–")}</td><td>{string.Join("; ", each.Drivers)}</td></tr>

                    """);
            page.Write($"</tbody></table>");
        });
    }

    private static string Money(Story story, decimal? amount) => amount is { } known ? story.Say.Money(known) : "–";
}
