using System.Text;
using Clientele.Reports.Sections;

namespace Clientele.Reports;

/// <summary>The report: one HTML file that needs nothing else, at most 1.5 MB whatever the size of the data.</summary>
public static class ReportPage
{
    // In the order in which a reader asks: who, then how sure, then how it was made.
    private static readonly (string Id, string Title, Action<HtmlWriter, Story> Write)[] All =
    [
        ("answers", "The answer", Answers.Write),
        ("personas", "Personas", PersonaCards.Write),
        ("profiles", "Profiles", Profiles.Write),
        ("map", "Map", CustomerMap.Write),
        ("value", "Customer value", CustomerWorth.Write),
        ("trust", "How sure", ForecastTrust.Write),
        ("cohorts", "Cohorts", CohortTriangle.Write),
        ("choice", "How many?", ChoiceOfK.Write),
        ("correlations", "Correlations", Correlations.Write),
        ("features", "Features", FeatureDictionary.Write),
        ("ledger", "Data ledger", LedgerTable.Write),
        ("made", "How it was made", HowItWasMade.Write),
    ];

    /// <summary>Writes the page as UTF-8 and leaves the stream open.</summary>
    public static void Write(Stream to, ReportData data)
    {
        using var text = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        Write(text, data);
    }

    public static void Write(TextWriter to, ReportData data)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(data);
        var page = new HtmlWriter(to);
        var story = new Story(data);
        var sections = All.Where(section => data.Lifetime is not null || section.Id is not ("value" or "trust" or "cohorts")).ToList();
        Head(page, data.Settings.Name);
        Masthead.Write(page, story);
        page.Write($"""<div class="layout"><nav class="contents" aria-label="Sections"><ol>""");
        foreach (var (id, title, _) in sections)
            page.Write($"""<li><a href="#{id}">{title}</a></li>""");
        page.Write($"</ol></nav>\n<main id=\"main\" tabindex=\"-1\">\n");
        foreach (var (id, _, write) in sections)
        {
            page.Write($"""<section id="{id}" aria-labelledby="{id}-heading">""");
            write(page, story);
            page.Write($"</section>\n");
        }
        page.Write($"</main></div>\n");
        Foot(page);
    }

    // Nothing is fetched, and nothing runs but the two scripts whose digests stand here.
    private static void Head(HtmlWriter page, string name)
    {
        page.Write($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 
            """);
        page.Raw($"{Asset.Charts.Digest} {Asset.Script.Digest}; style-src {Asset.Style.Digest}; img-src data:; base-uri 'none'; form-action 'none'");
        page.Write($"""
            ">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <meta name="generator" content="Clientele">
            <link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='5' cy='6' r='4' fill='%233b5ddb'/%3E%3Ccircle cx='11' cy='10' r='4' fill='%23d47b24'/%3E%3C/svg%3E">
            <title>{Figures.Name(name)}: customer personas</title>
            <style>
            """);
        page.Raw(Asset.Style.Text);
        page.Write($"</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the answer</a>\n");
    }

    private static void Foot(HtmlWriter page)
    {
        page.Write($"""
            <footer><p>Made by Clientele from order data alone. Charts by Apache ECharts 6.1.0, Apache License 2.0.</p>
            <details><summary>Third-party notices</summary><pre>
            """);
        page.Write($"{Asset.ChartsNotice.Text}\n\n{Asset.CanvasLicence.Text}");
        page.Write($"</pre></details></footer>\n<script>");
        page.Raw(Asset.Charts.Text);
        page.Write($"</script>\n<script>");
        page.Raw(Asset.Script.Text);
        page.Write($"</script>\n</body>\n</html>\n");
    }
}
