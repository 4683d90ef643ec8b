namespace Clientele.Reports.Sections;

/// <summary>Whose customers, when, and how many.</summary>
internal static class Masthead
{
    public static void Write(HtmlWriter page, Story story)
    {
        var (ledger, features) = (story.Data.Ledger, story.Segmentation.Features);
        page.Write($"""
            <header class="masthead"><div>
            <p class="eyebrow">Customer personas</p>
            <h1><bdi>{Figures.Name(story.Data.Settings.Name)}</bdi></h1>
            <p class="lede">Orders from <time datetime="{ledger.FirstDay:yyyy-MM-dd}">{Figures.Day(ledger.FirstDay)}</time>
            to <time datetime="{ledger.LastDay:yyyy-MM-dd}">{Figures.Day(ledger.LastDay)}</time>;
            customers as of <time datetime="{features.ReferenceDate:yyyy-MM-dd}">{Figures.Day(features.ReferenceDate)}</time>.</p>
            </div><button type="button" id="theme" hidden>Dark</button>
            <dl class="tiles">
            """);
        Tile(page, "Personas", Figures.Count(story.Segmentation.Clusters), "");
        Tile(page, "Customers", Figures.Count(features.Customers.Count), "");
        Tile(page, "Order lines", Figures.Count(ledger.Kept.Rows), $"of {Figures.Count(ledger.Read.Rows)} read");
        if (story.HasMoney)
            Tile(page, "Revenue", story.Say.RoundMoney(ledger.Kept.Revenue), story.Say.Money(ledger.Kept.Revenue));
        page.Write($"</dl></header>\n");
    }

    private static void Tile(HtmlWriter page, string name, string figure, string note) =>
        page.Write($"<div><dt>{name}</dt><dd>{figure}<small>{note}</small></dd></div>");
}
