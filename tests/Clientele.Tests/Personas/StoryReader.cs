using System.Globalization;
using System.Text.RegularExpressions;
using Clientele.Features;
using Clientele.Personas;

namespace Clientele.Tests.Personas;

/// <summary>Reads a story as a sceptic does: derives every figure and every claim again from the raw table.</summary>
internal static partial class StoryReader
{
    private const string Money = @"(−?£[\d,.]*\d)";
    private const string Figure = @"(−?[\d,.]*\d)";
    private const string Percent = @"(−?[\d.]+ %|under 0\.1 %|over 99 %|just below 0 %)";

    /// <returns>What is wrong; empty when the story is true.</returns>
    public static IEnumerable<string> Mistakes(Persona persona, Shop shop)
    {
        string rest = persona.Story;
        int s = persona.Segment;
        var wrong = new List<string>();

        void Claim(string pattern, Func<GroupCollection, bool> holds) => rest = Regex.Replace(rest, pattern, match =>
        {
            if (!holds(match.Groups))
                wrong.Add($"'{match.Value}' is not so, in: {persona.Story}");
            return "";
        });
        double Own(FeatureRole role) => Shop.Median(shop.Values(role, s));
        double All(FeatureRole role) => Shop.Median(shop.Values(role, 0));
        double OwnMean(FeatureRole role) => shop.Values(role, s).Average();
        double AllMean(FeatureRole role) => shop.Values(role, 0).Average();
        bool Medians(GroupCollection g, FeatureRole role) => Says(g[1].Value, Own(role)) && Says(g[2].Value, All(role));
        bool Means(GroupCollection g, FeatureRole role) => SaysPercent(g[1].Value, OwnMean(role)) && SaysPercent(g[2].Value, AllMean(role));
        double Once() => shop.Values(FeatureRole.Invoices, s).Average(orders => orders <= 1 ? 1.0 : 0.0);

        Claim($@"have placed {Figure} orders? \(everyone: {Figure}\)", g => Medians(g, FeatureRole.Invoices) && Once() < 0.5);
        Claim($"{Percent} of them have ordered just once", g => SaysPercent(g[1].Value, Once()) && Once() >= 0.5);
        Claim("All of them have ordered just once", _ => Once() == 1);
        Claim($"last ordered {Figure} days? ago", g => Says(g[1].Value, Own(FeatureRole.Recency)));
        Claim("last ordered on the final day of the data", _ => Own(FeatureRole.Recency) < 0.5);
        Claim($"have spent {Money} in all(?:, {Money} an order)?", g => Says(g[1].Value, Own(FeatureRole.Spend)) && Own(FeatureRole.Spend) > 0
            && (!g[2].Success || Says(g[2].Value, Own(FeatureRole.AverageOrderValue))));
        Claim($"stand at {Money} on balance", g => Says(g[1].Value, Own(FeatureRole.Spend)) && Own(FeatureRole.Spend) <= 0);
        Claim($"typically they have bought {Figure} units? \\(everyone: {Figure}\\)", g => Medians(g, FeatureRole.Units));
        Claim($"have bought {Figure} units?(?! \\()", g => Says(g[1].Value, Own(FeatureRole.Units)));

        double share = shop.Values(FeatureRole.Recency, s).Length / (double)shop.Table.Customers.Count;
        Claim($"They are {Percent} of customers", g => SaysPercent(g[1].Value, share));
        double Weight(string whole) => whole == "revenue"
            ? (double)(RevenueOf(shop, s) / shop.Table.Revenue.Sum())
            : shop.Values(FeatureRole.Invoices, s).Sum() / shop.Values(FeatureRole.Invoices, 0).Sum();
        Claim($"(and|but) (?:bring|place) (only )?{Percent} of (revenue|orders)", g => SaysPercent(g[3].Value, Weight(g[4].Value))
            && (g[1].Value == "and" ? Near(Weight(g[4].Value) / share, 0.8, 1.25)
                : g[2].Success ? Weight(g[4].Value) < share * 0.801
                : Weight(g[4].Value) > share * 1.249));
        Claim("but (?:bring|place) no (revenue|orders) on balance", g => Weight(g[1].Value) <= 0.0000005);

        Claim($@"on average they cancel {Percent} of their orders \(everyone: {Percent}\)", g => Means(g, FeatureRole.CancellationRate));
        Claim($@"{Percent} of them are from the home country \(everyone: {Percent}\)", g => Means(g, FeatureRole.HomeCountry));
        Claim($@"typically they have bought {Figure} different products? \(everyone: {Figure}\)", g => Medians(g, FeatureRole.DistinctProducts));
        Claim($"typically they leave {Figure} days? between orders", g => Says(g[1].Value, Own(FeatureRole.GapDays)) && Once() < 0.5);
        Claim($"typically their monthly spend rises by {Money} a month", g => Says(g[1].Value, Own(FeatureRole.SpendTrend)));
        Claim($"typically their monthly spend falls by {Money} a month", g => Says(g[1].Value, -Own(FeatureRole.SpendTrend)));
        Claim(@"typically they order around (\d\d):00 \(everyone: (\d\d):00\)", g => Medians(g, FeatureRole.Hour));
        Claim($@"typically they first ordered {Figure} days? ago \(everyone: {Figure} days?\)", g => Medians(g, FeatureRole.Tenure));

        string[] left = [.. rest.Split([' ', ',', ';', '.'], StringSplitOptions.RemoveEmptyEntries).Except(["Typically", "typically", "they", "and"])];
        if (left.Length > 0)
            wrong.Add($"nobody checked '{string.Join(' ', left)}' in: {persona.Story}");
        if (SentenceEnd().Count(persona.Story) != 2)
            wrong.Add($"not two sentences: {persona.Story}");
        return wrong;
    }

    private static decimal RevenueOf(Shop shop, int segment) =>
        shop.Table.Revenue.Where((_, i) => shop.Segmentation.Labels[i] == segment - 1).Sum();

    /// <summary>True to the last digit shown.</summary>
    private static bool Says(string figure, double truth)
    {
        string digits = figure.Replace("£", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal).Replace('−', '-');
        int point = digits.IndexOf('.', StringComparison.Ordinal);
        double unit = Math.Pow(10, point < 0 ? 0 : point + 1 - digits.Length);
        return Math.Abs(double.Parse(digits, CultureInfo.InvariantCulture) - truth) <= unit / 2 + 1e-9;
    }

    private static bool SaysPercent(string percent, double truth) => percent switch
    {
        "under 0.1 %" => truth is > 0 and < 0.001,
        "over 99 %" => truth is > 0.99 and < 1,
        "just below 0 %" => truth is < 0 and > -0.001,
        "0 %" => truth == 0,
        "100 %" => truth == 1,
        _ => Says(percent[..^2], truth * 100) || Math.Abs(truth) < 0.0995 && Says(percent[..^2] + ".0", truth * 100),
    };

    private static bool Near(double ratio, double low, double high) => ratio >= low * 0.999 && ratio <= high * 1.001;

    [GeneratedRegex(@"\.( |$)")]
    private static partial Regex SentenceEnd();
}
