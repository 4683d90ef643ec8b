using Clientele.Cleaning;

namespace Clientele.Reports.Sections;

/// <summary>Where every row and every cent went.</summary>
internal static class LedgerTable
{
    public static void Write(HtmlWriter page, Story story)
    {
        var ledger = story.Data.Ledger;
        page.Write($"""
            <h2 id="ledger-heading">Where every row went</h2>
            <p class="intro">Read = kept + removed by each rule + quarantined. A line counts for the first rule that removes it.</p>
            """);
        new Figure("waterfall", "waterfall", $"{Share(ledger.Kept.Rows, ledger.Read.Rows)} of {Figures.Count(ledger.Read.Rows)} rows are kept", "Rows, from read to kept.").Write(page, () => Rows(page, story));
        page.Write($"<p>{Balance(story)}{Guests(story)}</p>");
    }

    private static void Rows(HtmlWriter page, Story story)
    {
        var ledger = story.Data.Ledger;
        page.Write($"""<table><caption>Data ledger</caption><thead><tr><th scope="col">Step</th><th scope="col">Rows</th><th scope="col">Share of rows</th>""");
        if (story.HasMoney)
            page.Write($"""<th scope="col">Money</th>""");
        page.Write($"</tr></thead><tbody>");
        Row("Read", "total", ledger.Read.Rows, ledger.Read.Revenue);
        foreach (var removed in ledger.Removed)
            Row(RuleNames.Of(removed.Rule), "minus", removed.Rows, removed.Revenue);
        Row("Quarantined: could not be read", "minus", ledger.Quarantined, null);
        Row("Kept", "total", ledger.Kept.Rows, ledger.Kept.Revenue);
        page.Write($"</tbody></table>");

        void Row(string name, string kind, long rows, decimal? money)
        {
            string sign = kind == "minus" && rows > 0 ? "−" : "";
            page.Write($"""<tr class="{kind}" data-kind="{kind}"><th scope="row">{name}</th><td>{sign}{Figures.Count(rows)}</td><td>{Share(rows, ledger.Read.Rows)}</td>""");
            if (story.HasMoney)
                page.Write($"<td>{(money is { } amount ? story.Say.Money(kind == "minus" ? -amount : amount) : "–")}</td>");
            page.Write($"</tr>");
        }
    }

    private static string Balance(Story story)
    {
        var ledger = story.Data.Ledger;
        long rows = ledger.Read.Rows - ledger.Kept.Rows - ledger.Removed.Sum(each => each.Rows) - ledger.Quarantined;
        decimal money = ledger.Read.Revenue - ledger.Kept.Revenue - ledger.Removed.Sum(each => each.Revenue);
        return (rows, money) == (0, 0m)
            ? story.HasMoney ? "It adds up, to the row and to the cent." : "It adds up, to the row."
            : $"It does not add up: {Figures.Count(rows)} rows and {story.Say.Money(money)} are unaccounted for.";
    }

    private static string Guests(Story story)
    {
        LedgerEntry guests = story.Data.Ledger.Guests;
        return guests.Rows == 0 ? "" : $" Guests, lines without a customer: {Figures.Count(guests.Rows)} rows ({Share(guests.Rows, story.Data.Ledger.Read.Rows)})"
            + (story.HasMoney ? $" worth {story.Say.Money(guests.Revenue)}{OfMoney(guests.Revenue, story.Data.Ledger.Read.Revenue)}." : ".");
    }

    private static string OfMoney(decimal part, decimal whole) => whole > 0 ? $", {Figures.Percent((double)(part / whole))} of the money read" : "";

    private static string Share(long part, long whole) => whole == 0 ? "–" : Figures.Percent((double)part / whole);
}
