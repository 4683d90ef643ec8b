using System.Globalization;
using Clientele.Lifetime;

namespace Clientele.Reports.Sections;

/// <summary>Who stayed, and what they brought, by month of the first purchase.</summary>
internal static class CohortTriangle
{
    private const int MostMonths = 24, Shades = 8;

    public static void Write(HtmlWriter page, Story story)
    {
        var portfolio = story.Data.Lifetime!.Portfolio;
        var cohorts = portfolio.Cohorts.TakeLast(MostMonths).ToList();
        page.Write($"""
            <h2 id="cohorts-heading">{Finding(cohorts)}</h2>
            <p class="intro">Customers by the month of their first purchase, and what percentage of them bought in each month after it. {Ending(portfolio)}{(portfolio.Cohorts.Count > MostMonths ? $"The latest {MostMonths} are shown; portfolio.json has all." : "")}</p>
            """);
        double most = cohorts.SelectMany(cohort => Enumerable.Range(1, cohort.Active.Count - 1).Select(cohort.Retention)).DefaultIfEmpty(0).Max();
        Figure.Scroll(page, "Retention by cohort", () => Triangle(page, cohorts, "Percent of a cohort that bought, by months since the first purchase", 1,
            (cohort, age) => Figures.Number(100 * cohort.Retention(age), 0), (cohort, age) => most == 0 ? 0 : cohort.Retention(age) / most));
        double richest = (double)cohorts.SelectMany(cohort => Enumerable.Range(0, cohort.Spend.Count).Select(cohort.CumulativeValue)).DefaultIfEmpty(0).Max();
        page.Write($"<h3>What a customer has brought so far</h3><p class=\"fine\">Spend up to and with each month, per customer of the cohort{(story.Data.Settings.Currency is { Length: > 0 } currency ? $", {currency}" : "")}.</p>");
        Figure.Scroll(page, "Value by cohort", () => Triangle(page, cohorts, "Cumulative spend per customer of a cohort, by months since the first purchase", 0,
            (cohort, age) => Figures.Number((double)cohort.CumulativeValue(age), 0), (cohort, age) => richest <= 0 ? 0 : Math.Max(0, (double)cohort.CumulativeValue(age)) / richest));
    }

    private static string Finding(List<Cohort> cohorts)
    {
        var old = cohorts.Where(cohort => cohort.Active.Count > 3).ToList();
        long customers = old.Sum(cohort => cohort.Customers);
        return customers == 0 ? "Who stayed" : $"Three months after the first purchase {Figures.Percent(old.Sum(cohort => cohort.Active[3]) / (double)customers, 0)} buy again";
    }

    // The last month is rarely whole.
    private static string Ending(Portfolio portfolio) => portfolio.Cutoff.Day == 1 ? "" : $"The last month of each row ends with {Figures.Day(portfolio.Cutoff.AddDays(-1))}. ";

    private static void Triangle(HtmlWriter page, List<Cohort> cohorts, string caption, int from, Func<Cohort, int, string> text, Func<Cohort, int, double> depth)
    {
        int ages = cohorts.Max(cohort => cohort.Active.Count);
        page.Write($"""<table class="heat triangle"><caption>{caption}</caption><thead><tr><th scope="col">First bought</th><th scope="col">Customers</th>""");
        for (int age = from; age < ages; age++)
            page.Write($"""<th scope="col">{age}</th>""");
        page.Write($"</tr></thead><tbody>");
        foreach (var cohort in cohorts)
        {
            page.Write($"""<tr><th scope="row">{cohort.Month.ToString("MMM yyyy", CultureInfo.InvariantCulture)}</th><td>{Figures.Count(cohort.Customers)}</td>""");
            for (int age = from; age < cohort.Active.Count; age++)
                page.Write($"""<td class="deep{Math.Ceiling(Shades * depth(cohort, age)):0}">{text(cohort, age)}</td>""");
            page.Write($"</tr>\n");
        }
        page.Write($"</tbody></table>");
    }
}
