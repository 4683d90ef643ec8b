using static Clientele.Features.FeatureRole;

namespace Clientele.Personas;

/// <summary>Two sentences about a segment: how it buys, and what it means to the shop. "Typically" is the median, "on average" the mean.</summary>
internal static class Story
{
    /// <summary>A remark is made only on a difference at least this strong.</summary>
    private const double Remarkable = 0.2;

    public static string Of(SegmentFacts facts, Wording words) => $"{HowTheyBuy(facts, words)} {WhatTheyMean(facts, words)}";

    private static string HowTheyBuy(SegmentFacts facts, Wording words) =>
        facts[Invoices] is not { } orders
            ? $"{Lead("Typically they ", [LastOrder(facts), Worth(facts, words, each: false)]) ?? Headcount(facts)}."
        : facts.OnceShare >= 0.5
            ? $"{OnlyOnce(facts)}{Lead("; typically they ", [LastOrder(facts), Worth(facts, words, each: false)])}."
            : $"{Lead("Typically they ", [Placed(orders), LastOrder(facts), Worth(facts, words, each: true)])}.";

    /// <summary>"lead a, b and c"; null when nothing is known.</summary>
    private static string? Lead(string lead, IEnumerable<string?> clauses)
    {
        string[] known = [.. clauses.OfType<string>()];
        return known switch
        {
            [] => null,
            [var only] => lead + only,
            [.. var first, var last] => $"{lead}{string.Join(", ", first)} and {last}",
        };
    }

    private static string OnlyOnce(SegmentFacts facts) =>
        $"{(facts.OnceShare == 1 ? "All" : Wording.Percent(facts.OnceShare!.Value))} of them have ordered just once";

    private static string Placed(FeatureProfile orders) =>
        $"have placed {Wording.Count(orders.Segment.Median, "orders")} (everyone: {Wording.Number(orders.Everyone.Median)})";

    private static string? LastOrder(SegmentFacts facts) => facts.Median(Recency) switch
    {
        null => null,
        < 0.5 => "last ordered on the final day of the data",
        { } days => $"last ordered {Wording.Days(days)} ago",
    };

    /// <summary>In money; where the source has none, in units.</summary>
    private static string? Worth(SegmentFacts facts, Wording words, bool each) => (facts.Median(Spend), facts.Median(Units)) switch
    {
        ( <= 0 and { } spend, _) => $"stand at {words.Money(spend)} on balance",
        ({ } spend, _) => $"have spent {words.Money(spend)} in all{(each && facts.Median(AverageOrderValue) is { } order ? $", {words.Money(order)} an order" : "")}",
        (_, > 0 and { } units) => $"have bought {Wording.Count(units, "units")}",
        _ => null,
    };

    private static string Headcount(SegmentFacts facts) =>
        FormattableString.Invariant($"There {(facts.Customers == 1 ? "is 1 customer" : $"are {facts.Customers:#,0} customers")} of this kind");

    private static string WhatTheyMean(SegmentFacts facts, Wording words)
    {
        string weight = facts.RevenueShare is { } revenue ? Weight(facts.CustomerShare, revenue, "bring", "revenue")
            : facts.OrderShare is { } orders ? Weight(facts.CustomerShare, (decimal)orders, "place", "orders")
            : "";
        return $"They are {Wording.Percent((double)facts.CustomerShare)} of customers{weight}{(Remark(facts, words) is { } remark ? "; " + remark : "")}.";
    }

    private static string Weight(decimal customers, decimal part, string verb, string whole)
    {
        string figure = $"{Wording.Percent((double)part)} of {whole}";
        return part <= 0 ? $" but {verb} no {whole} on balance"
            : part > customers * 1.25m ? $" but {verb} {figure}"
            : part < customers * 0.8m ? $" but {verb} only {figure}"
            : $" and {verb} {figure}";
    }

    /// <summary>The strongest difference that the story has not told yet.</summary>
    private static string? Remark(SegmentFacts facts, Wording words)
    {
        if (facts.Habits?.Countries is [var top, ..] && top.Country != facts.UsualCountry && top.Share > 0.5)
            return $"{Wording.Percent(top.Share)} of them are in {top.Country}";
        return facts.Profile.Where(p => Math.Abs(p.Effect) >= Remarkable).OrderByDescending(p => Math.Abs(p.Effect))
            .Select(p => Remark(p, facts, words)).OfType<string>().FirstOrDefault() ?? PeakDay(facts);
    }

    private static string? Remark(FeatureProfile profile, SegmentFacts facts, Wording words)
    {
        var (own, everyone) = (profile.Segment, profile.Everyone);
        bool higher = profile.Effect > 0;
        bool medians = higher ? own.Median > everyone.Median : own.Median < everyone.Median;
        bool means = higher ? own.Mean > everyone.Mean : own.Mean < everyone.Mean;
        return profile.Column.Role switch
        {
            CancellationRate when means =>
                $"on average they cancel {Wording.Percent(own.Mean)} of their orders (everyone: {Wording.Percent(everyone.Mean)})",
            HomeCountry when means =>
                $"{Wording.Percent(own.Mean)} of them are from the home country (everyone: {Wording.Percent(everyone.Mean)})",
            DistinctProducts when medians =>
                $"typically they have bought {Wording.Count(own.Median, "different products")} (everyone: {Wording.Number(everyone.Median)})",
            Units when medians && own.Median > 0 && facts[Spend] is not null =>
                $"typically they have bought {Wording.Count(own.Median, "units")} (everyone: {Wording.Number(everyone.Median)})",
            GapDays when facts.OnceShare < 0.5 && own.Median >= 0.5 =>      // everyone's is 0 for those who ordered once: nothing to compare with
                $"typically they leave {Wording.Days(own.Median)} between orders",
            SpendTrend when higher && own.Median >= 0.005 =>
                $"typically their monthly spend rises by {words.Money(own.Median)} a month",
            SpendTrend when !higher && own.Median <= -0.005 =>
                $"typically their monthly spend falls by {words.Money(-own.Median)} a month",
            Hour when medians && Wording.Hour(own.Median) != Wording.Hour(everyone.Median) =>
                $"typically they order around {Wording.Hour(own.Median)} (everyone: {Wording.Hour(everyone.Median)})",
            Tenure when medians =>
                $"typically they first ordered {Wording.Days(own.Median)} ago (everyone: {Wording.Days(everyone.Median)})",
            _ => null,
        };
    }

    private static string? PeakDay(SegmentFacts facts) =>
        facts.Habits?.Weekdays.MaxBy(day => day.Orders) is { Share: >= 0.25 } peak
            ? $"{Wording.Percent(peak.Share)} of their orders come on a {peak.Weekday}"
            : null;
}
