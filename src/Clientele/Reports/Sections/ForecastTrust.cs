using System.Globalization;
using Clientele.Lifetime;

namespace Clientele.Reports.Sections;

/// <summary>Whether forecasts of the past came true, and which model was chosen for it.</summary>
internal static class ForecastTrust
{
    private const int MostWeeks = 130;

    public static void Write(HtmlWriter page, Story story)
    {
        var (portfolio, contest) = (story.Data.Lifetime!.Portfolio, story.Data.Lifetime.Contest);
        page.Write($"""
            <h2 id="trust-heading">How far to trust these values</h2>
            <p class="intro">Models were set back in time, learnt only what was over by then, and were judged by what customers then spent.</p>
            """);
        if (contest is null || portfolio.HoldOut is not { } held)
        {
            page.Write($"<p>The orders are too short for that: nothing tells yet how far off these values are.</p>");
            return;
        }
        page.Write($"""<div class="charts">""");
        Calibration(page, story, held);
        Gains(page, held);
        if (portfolio.Tracking is { } tracking)
            Tracked(page, tracking);
        page.Write($"</div>");
        Models(page, story, contest);
    }

    private static void Calibration(HtmlWriter page, Story story, HoldOut held)
    {
        var best = held.Deciles.Bins[0];
        string title = $"The best tenth was said to spend {Round(story, best.MeanPredicted)} each and spent {Round(story, best.MeanActual)}";
        string note = $"{Figures.Count(held.Customers)} customers as of {Figures.Day(held.Cutoff)}, in tenths by forecast; mean spend until {Figures.Day(held.Until.AddDays(-1))}.";
        new Figure("calibration", "columns", title, note) { Unit = story.Say.Sign, Axis = "tenth by forecast, best first" }.Write(page, () =>
        {
            page.Write($"""<table><caption>Forecast and spend by tenth</caption><thead><tr><th scope="col">Tenth</th><th scope="col" data-series>Forecast</th><th scope="col" data-series>Spent</th></tr></thead><tbody>""");
            foreach (var (i, bin) in held.Deciles.Bins.Index())
                page.Write($"""<tr><th scope="row">{i + 1}</th><td>{Amount(story, bin.MeanPredicted)}</td><td>{Amount(story, bin.MeanActual)}</td></tr>""");
            page.Write($"</tbody></table>");
        });
    }

    private static void Gains(HtmlWriter page, HoldOut held)
    {
        if (held.Gains.Count == 0)
            return;
        var fifth = held.Gains.First(gain => gain.Top >= 0.2);
        string title = $"The {Figures.Percent(fifth.Top, 0)} with the best forecasts held {Figures.Percent(fifth.Held, 0)} of the spend";
        new Figure("gains", "curves", title, $"{Figures.Number(fifth.Lift, 1)} times what chance would hold. Normalised Gini {Figures.Number(held.Gini ?? double.NaN)}: 1 is the perfect order, 0 chance.")
        { Axis = "share of customers, best forecast first" }.Write(page, () =>
        {
            page.Write($"""<table><caption>Gains</caption><thead><tr><th scope="col">Customers</th><th scope="col" data-series>Spend they held</th><th scope="col" data-series>By chance</th><th scope="col">Lift</th></tr></thead><tbody>""");
            page.Write($"<tr><th scope=\"row\">0 %</th><td>0 %</td><td>0 %</td><td>–</td></tr>");
            foreach (var gain in held.Gains)
                page.Write($"""<tr><th scope="row">{Figures.Percent(gain.Top, 0)}</th><td>{Figures.Percent(gain.Held)}</td><td>{Figures.Percent(gain.Top)}</td><td>{Figures.Number(gain.Lift, 2)}</td></tr>""");
            page.Write($"</tbody></table>");
        });
    }

    private static void Tracked(HtmlWriter page, RepeatTracking tracking)
    {
        string title = tracking.HoldOutError is { } error
            ? $"Repeat purchases after {Figures.Day(tracking.Cutoff)} were forecast {Figures.Percent(Math.Abs(error), 0)} too {(error < 0 ? "low" : "high")}"
            : "Repeat purchases, actual and expected";
        new Figure("tracking", "curves", title, "All repeat purchases so far, week by week, of the customers known at the line; right of it lies the test.")
        { Marked = Week(tracking.Weeks.FirstOrDefault(week => week.End >= tracking.Cutoff) ?? tracking.Weeks[^1]), MarkName = "test", Axis = "week until" }.Write(page, () =>
        {
            page.Write($"""<table><caption>Cumulative repeat purchases</caption><thead><tr><th scope="col">Week until</th><th scope="col" data-series>Actual</th><th scope="col" data-series>Expected</th></tr></thead><tbody>""");
            int every = (tracking.Weeks.Count + MostWeeks - 1) / MostWeeks;
            foreach (var (i, week) in tracking.Weeks.Index())
                if ((tracking.Weeks.Count - 1 - i) % every == 0 || week.End == tracking.Cutoff)
                    page.Write($"""<tr><th scope="row">{Week(week)}</th><td>{Figures.Count(week.Actual)}</td><td>{Figures.Count((long)Math.Round(week.Expected))}</td></tr>""");
            page.Write($"</tbody></table>");
        });
    }

    private static void Models(HtmlWriter page, Story story, ContestResult contest)
    {
        var cutoffs = contest.Entries.Select(entry => entry.Cutoff).Distinct().ToList();
        page.Write($"""
            <h3>The contest of models</h3>
            <p>Mean forecast: <strong>{contest.Mean.Model}</strong>. {contest.Mean.Why}</p><p>Median forecast: <strong>{contest.Median.Model}</strong>. {contest.Median.Why}</p>
            <p>Order of customers (tenths): <strong>{contest.Ranking.Model}</strong>. {contest.Ranking.Why}</p>
            <p class="fine">{cutoffs.Count} cut-{(cutoffs.Count == 1 ? "off" : "offs")} from {Figures.Day(cutoffs[0])} to {Figures.Day(cutoffs[^1])}; means over them ± their spread. Errors in money: smaller is better. Order: 1 is perfect.</p>
            """);
        Figure.Scroll(page, "The contest of models", () =>
        {
            page.Write($"""
                <table><caption>The contest of models</caption><thead><tr><th scope="col">Model</th><th scope="col">Error of means (RMSE)</th><th scope="col">Error of medians (MAE)</th>
                <th scope="col">Order (norm. Gini)</th><th scope="col">Order (Spearman)</th><th scope="col">Total too high by</th></tr></thead><tbody>
                """);
            foreach (var each in ContestStanding.Of(contest))
            {
                string uses = string.Join(", ", new[] { each.Model == contest.Mean.Model ? "mean" : "", each.Model == contest.Median.Model ? "median" : "" }.Where(use => use.Length > 0));
                page.Write($"""
                    <tr class="{(uses.Length > 0 ? "total" : "")}"><th scope="row">{each.Model}<small>{(uses.Length > 0 ? $"in use: {uses}" : "")}</small></th><td>{Spread(story, each.Rmse, each.RmseSpread)}</td>
                    <td>{Spread(story, each.MedianAbsolute, each.MedianAbsoluteSpread)}</td><td>{Figures.Number(each.Gini ?? double.NaN)}</td><td>{Figures.Number(each.Spearman ?? double.NaN)}</td>
                    <td>{Figures.Percent(each.Bias ?? double.NaN, 0)}</td></tr>

                    """);
            }
            page.Write($"</tbody></table>");
        });
        foreach (var verdict in contest.Verdicts.Where(verdict => !verdict.Better))
            page.Write($"""<p class="fine">Not shown to be better than “{verdict.Rival}” by {Named(verdict.Figure)} ({Figures.Number(verdict.OfModel)} against {Figures.Number(verdict.OfRival)}).</p>""");
        foreach (var absent in contest.Absent)
            page.Write($"""<p class="fine">“{absent.Model}” did not take part: {absent.Why}</p>""");
    }

    private static string Named(ContestFigure figure) => figure switch
    {
        ContestFigure.Rmse => "the error of means",
        ContestFigure.MedianAbsolute => "the error of medians",
        ContestFigure.Gini => "order (norm. Gini)",
        _ => "order (Spearman)",
    };

    private static string Week(TrackedWeek week) => week.End.AddDays(-1).ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Round(Story story, double value) => story.Say.RoundMoney((decimal)value);

    private static string Amount(Story story, double value) => story.Say.Money(Math.Round((decimal)value, 2));

    // Their errors are not known to the cent.
    private static string Spread(Story story, double value, double? spread) => story.Say.Sign + Figures.Short(value) + (spread is { } known ? $" ±\u00A0{Figures.Short(known)}" : "");
}
