using static Clientele.Features.FeatureRole;
using static Clientele.Personas.Need;

namespace Clientele.Personas;

/// <summary>The kinds of customer that we know, from the most telling to the plain.</summary>
internal static class Archetypes
{
    public static IReadOnlyList<Archetype> All { get; } =
    [
        // Many orders.
        new("champion", ["Loyal", "Devoted", "Faithful", "Cherished", "Stellar", "Treasured"],
            [High(Invoices, 0.5), High(Spend, 0.5), Low(Recency, 0.2), Again(0.2)],
            (f, w) => $"Thank them before you sell to them: early access, a named contact, no blanket discounts; each of them is worth {w.Money(f.Median(Spend)!.Value)} on median, so call when one falls silent."),
        new("regular", ["Regular", "Constant", "Trusty", "Reliable", "Dependable", "Steadfast"],
            [High(Invoices, 0.3), Low(Recency, 0.1), Again(0.2)],
            (f, w) => $"Reward the habit: after {Wording.Count(f.Median(Invoices)!.Value, "orders")} on median, a small perk and {Next(f)} at the next one keep it going."),
        new("small-and-often", ["Frequent", "Busy", "Brisk", "Lively", "Nimble"],
            [High(Invoices, 0.25), Low(AverageOrderValue, 0.15), Low(Recency, 0.1), Again(0.2)],
            (f, w) => $"Raise the basket, not the number of orders: free delivery a little above the {w.Money(f.Median(AverageOrderValue)!.Value)} they spend per order, with {Next(f)}."),
        new("quick-return", ["Eager", "Keen", "Zealous", "Prompt"],
            [ShortGap, High(Invoices, 0.1), MedianAtLeast(GapDays, 1), Again(0.2)],
            (f, _) => $"Write within {Wording.Days(f.Median(GapDays)!.Value)} of an order, the time after which they usually come back, with {Next(f)}."),
        new("long-gaps", ["Occasional", "Patient", "Unhurried", "Leisurely", "Deliberate"],
            [LongGap, High(GapDays, 0.2), Again(0.3)],
            (f, _) => $"Remind them with {Next(f)} a week before their usual {Wording.Days(f.Median(GapDays)!.Value)} between orders are over, not every week."),
        new("veteran", ["Veteran", "Longtime", "Established", "Rooted"],
            [High(Tenure, 0.4), Low(Recency, 0.1), Again(0.3)],
            (f, _) => $"Mark the anniversary: they first ordered {Wording.Days(f.Median(Tenure)!.Value)} ago on median, and a word of thanks with {Next(f)} keeps them close."),

        // Large orders.
        new("bulk", ["Bulk-Buying", "Wholesale", "Crate-Filling", "Stocking-Up"],
            [High(Units, 0.5), High(AverageOrderValue, 0.4)],
            (f, w) => $"Offer trade terms: volume prices, an account manager and one-click reordering from {w.Money(f.Median(AverageOrderValue)!.Value)} an order upwards."),
        new("big-basket", ["Generous", "Lavish", "Big-Basket", "Grand", "Splendid"],
            [High(AverageOrderValue, 0.4), NotHigh(Invoices, 0.35)],
            (f, w) => $"Make the next order easy: their baskets of {w.Money(f.Median(AverageOrderValue)!.Value)} are large but few, so reserve stock for them and offer {Next(f)}."),
        new("valued", ["Valued", "Prized", "Worthy", "Solid"],
            [High(Spend, 0.3), NotHigh(Recency, 0.2)],
            (f, w) => $"Lift them one step: a thank-you voucher that starts above their usual {w.Money(f.Median(AverageOrderValue) ?? f.Median(Spend)!.Value)}{(f.Median(AverageOrderValue) is null ? "" : " an order")}."),
        new("heavy-user", ["Hearty", "Stocked-Up", "Well-Stocked", "Heaping"],
            [High(Units, 0.4), MedianAtLeast(Units, 1)],
            (f, _) => $"Offer larger packs or a standing order: they have bought {Wording.Count(f.Median(Units)!.Value, "units")} on median."),

        // What they buy.
        new("variety", ["Curious", "Eclectic", "Exploring", "Roaming", "Inquisitive", "Browsing"],
            [High(DistinctProducts, 0.4), Products],
            (f, _) => $"Show them what is new first, then {Next(f)}: they have tried {Wording.Count(f.Median(DistinctProducts)!.Value, "different products")} on median."),
        new("narrow", ["Choosy", "Focused", "Selective", "Particular", "Discerning"],
            [Low(DistinctProducts, 0.4), NotHigh(Recency, 0.25), MedianAtLeast(DistinctProducts, 1), Products],
            (f, _) => $"Widen the basket by one: they know only {Wording.Count(f.Median(DistinctProducts)!.Value, "different products")} on median, so add one close match to every letter."),

        // One order.
        new("newcomer", ["New", "Fresh", "First-Time", "Newly-Won", "Just-Arrived"],
            [Once(0.6), Low(Recency, 0.2)],
            (f, _) => $"Win the second order now: their first was {Wording.Days(f.Median(Recency)!.Value)} ago on median, so send a welcome with {Next(f)} and an offer that ends within a month."),
        new("one-time", ["One-Time", "Passing", "Fleeting", "Once-Only", "Transient"],
            [Once(0.6), High(Recency, 0.2)],
            (f, _) => $"One last good reason to return, {Next(f)}, then stop writing: {Wording.Percent(f.OnceShare!.Value)} of them never came back after one order."),
        new("one-off-splurge", ["Splurging", "Splashing", "One-Off", "Impulsive"],
            [Once(0.6), High(AverageOrderValue, 0.2)],
            (f, w) => $"Ask what the occasion was: an order of about {w.Money(f.Median(AverageOrderValue)!.Value)} by customers of whom {Wording.Percent(f.OnceShare!.Value)} never came back is often a gift or an event, so write again at the same season."),
        new("taster", ["Tentative", "Tiptoeing", "Dabbling", "Cautious", "Trial-Run"],
            [Once(0.6), Low(Spend, 0.25), MedianAtLeast(Spend, 0.01)],
            (f, w) => $"Make trying cheap: a small second offer, {Next(f)}, for customers who have spent {w.Money(f.Median(Spend)!.Value)} so far on median."),
        new("single-order", ["Single-Order", "One-Visit", "Brief", "Momentary"],
            [Once(0.7)],
            (f, _) => $"Find out what brings the second order: test two follow-up letters, one with {Next(f)}, on the {Wording.Percent(f.OnceShare!.Value)} who ordered once."),

        new("nothing-kept", ["Unconvinced", "Reluctant", "Backtracking", "Withdrawn", "Empty-Handed"],
            [Low(Spend, 0.3), MedianAtMost(Spend, 0)],
            (f, w) => $"Look at these accounts one by one: on balance they stand at {w.Money(f.Median(Spend)!.Value)} on median, so settle what went wrong and leave them out of campaigns."),

        // When.
        new("lost-value", ["Missed", "Drifting", "Absent", "Strayed", "Wandering"],
            [High(Recency, 0.25), High(Spend, 0.1), Again(0.5)],
            (f, w) => $"Win them back in person: they were worth {w.Money(f.Median(Spend)!.Value)} on median and last ordered {Wording.Days(f.Median(Recency)!.Value)} ago, so a call pays."),
        new("lapsed-repeat", ["Lapsed", "Fading", "Distant", "Faraway"],
            [High(Recency, 0.3), Again(0.5)],
            (f, _) => $"Ask what changed: they came back before, but not for {Wording.Days(f.Median(Recency)!.Value)} on median; one letter with {Next(f)} tells you who is still there."),
        new("dormant", ["Dormant", "Sleepy", "Bygone", "Hibernating", "Idle"],
            [High(Recency, 0.4)],
            (f, _) => $"Try one reactivation letter with {Next(f)}, then let them rest: the last order was {Wording.Days(f.Median(Recency)!.Value)} ago on median."),
        new("recent", ["Recent", "Current", "Active", "Present"],
            [Low(Recency, 0.35)],
            (f, _) => $"Stay in touch while they are warm: the last order was {Wording.Days(f.Median(Recency)!.Value)} ago on median, so follow up with {Next(f)} this week."),
        new("rising", ["Rising", "Growing", "Blossoming", "Budding", "Climbing"],
            [High(SpendTrend, 0.35), MedianAtLeast(SpendTrend, 0.005)],
            (f, w) => $"Back the growth: their monthly spend rises by {w.Money(f.Median(SpendTrend)!.Value)} a month on median, so show {Next(f)} and premium lines first."),
        new("cooling", ["Cooling", "Slowing", "Waning", "Ebbing", "Dwindling"],
            [Low(SpendTrend, 0.35), MedianAtMost(SpendTrend, -0.005)],
            (f, w) => $"Step in early: their monthly spend falls by {w.Money(-f.Median(SpendTrend)!.Value)} a month on median, so ask why and offer {Next(f)} before they are gone."),
        new("uneven", ["Uneven", "Erratic", "Fitful", "Mercurial", "Up-and-Down"],
            [High(MonthlySpendDeviation, 0.4), Again(0.3)],
            (f, w) => $"Smooth the peaks: their months differ by {w.Money(f.Median(MonthlySpendDeviation)!.Value)} on median, so propose a standing order between their big ones."),
        new("early", ["Early", "Morning", "Daybreak"],
            [Low(Hour, 0.5), MedianAtMost(Hour, 10.5)],
            (f, _) => $"Write before {Wording.Hour(f.Median(Hour)!.Value)}, their usual hour, with {Next(f)}."),
        new("late", ["Late-Day", "Evening", "Twilight"],
            [High(Hour, 0.5), MedianAtLeast(Hour, 16)],
            (f, _) => $"Write in the afternoon, shortly before {Wording.Hour(f.Median(Hour)!.Value)}, their usual hour, with {Next(f)}."),

        // How.
        new("canceller", ["Fickle", "Hesitant", "Wavering", "Undecided", "Changeable"],
            [new(f => f.Effect(CancellationRate) ?? f.Effect(Cancellations), 0.3)],
            (f, _) => f[CancellationRate] is { } rate
                ? $"Find out why they cancel {Wording.Percent(rate.Segment.Mean)} of their orders on average: check descriptions, sizes and packing of what they send back before offering more."
                : $"Find out why they cancel: check descriptions, sizes and packing of what they send back before offering more."),
        new("thrifty", ["Thrifty", "Frugal", "Modest", "Sparing"],
            [Low(Spend, 0.35), Again(0.6), MedianAtLeast(Spend, 0.01)],
            (f, w) => $"Keep it cheap to serve: newsletters and bundles with {Next(f)}, nothing by hand, for {w.Money(f.Median(Spend)!.Value)} of spend on median."),
        new("small-basket", ["Light", "Little-Basket", "Petite", "Small-Basket"],
            [Low(AverageOrderValue, 0.3), MedianAtLeast(AverageOrderValue, 0.01)],
            (f, w) => $"Bundle: a set price for two or three items a little above their usual {w.Money(f.Median(AverageOrderValue)!.Value)} an order, with {Next(f)}."),
        new("abroad", ["Overseas", "Far-Off", "International", "Global", "Worldly"],
            [Low(HomeCountry, 0.4)],
            (f, _) => $"Speak their language: local delivery times, duties and holidays, since only {Wording.Percent(f[HomeCountry]!.Segment.Mean)} of them are from the home country."),
        new("rare", ["Rare", "Infrequent", "Seldom", "Scarce"],
            [Low(Invoices, 0.3), Again(0.6)],
            (f, _) => $"Give a date: a seasonal letter with {Next(f)} suits customers with {Wording.Count(f.Median(Invoices)!.Value, "orders")} on median better than a weekly one."),
        new("keeper", ["Satisfied", "Contented", "Decided", "Well-Pleased", "Unwavering"],
            [Low(CancellationRate, 0.3), Again(0.4)],
            (f, _) => $"Ask them for a review or a referral: they keep what they order, with {Wording.Percent(f[CancellationRate]!.Segment.Mean)} of orders cancelled on average (everyone: {Wording.Percent(f[CancellationRate]!.Everyone.Mean)})."),
        new("steady", ["Steady", "Settled", "Even-Paced", "Continuing"],
            [Low(Recency, 0.15), Again(0.35)],
            (f, _) => $"Make the next step easy: {Wording.Count(f.Median(Invoices)!.Value, "orders")} on median, the last {Wording.Days(f.Median(Recency)!.Value)} ago, so follow up now with {Next(f)}."),
        new("repeat", ["Repeating", "Proven", "Confirmed", "Encouraging"],
            [High(Invoices, 0.1), Again(0.2)],
            (f, _) => $"Build the habit: they have come back at least once, so offer {Next(f)} soon after each order."),
    ];

    /// <summary>Claims nothing: for segments that stand out in no way that another one has not taken.</summary>
    public static Archetype Plain { get; } = new("everyday",
        [
            "Everyday", "Familiar", "Usual", "Ordinary", "Classic", "General", "Neighbourly", "Likeable", "Amiable", "Pleasant",
            "Welcome", "Homely", "Sociable", "Kindly", "Jolly", "Mellow", "Dear", "Rosy", "Tidy", "Trim",
        ],
        [],
        (f, _) => $"Try {Next(f)} on half of them and compare with the other half: they stand out little, so let a test decide.");

    private static string Next(SegmentFacts facts) => facts.KnowsProducts ? "their next-best products" : "a personal offer";
}
