using System.Globalization;
using Clientele.Features;

namespace Clientele.Reports;

/// <summary>Numbers as people read them: grouped thousands, units beside them, never a culture of the machine.</summary>
internal sealed class Figures(string currency)
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;
    /// <summary>Monday first.</summary>
    public static IReadOnlyList<string> Weekdays { get; } = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <summary>Of money, to stand before an amount; may be empty.</summary>
    public string Sign => sign;

    private readonly string sign = currency switch
    {
        "GBP" => "£",
        "EUR" => "€",
        "USD" => "$",
        "JPY" => "¥",
        "" => "",
        _ => currency + "\u00A0",
    };

    public static string Count(long count) => count.ToString("N0", Plain);

    /// <summary>"41.3 %".</summary>
    public static string Percent(double share, int decimals = 1) =>
        double.IsFinite(share) ? Signed(share * 100, decimals) + "\u00A0%" : "–";

    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", Plain);

    /// <summary>"0.412"; a dash where there is no number.</summary>
    public static string Number(double value, int decimals = 3) => double.IsFinite(value) ? Signed(value, decimals) : "–";

    /// <summary>About four digits: "12,480", "31.25", "0.418".</summary>
    public static string Short(double value) => Math.Abs(value) switch
    {
        double.NaN or double.PositiveInfinity => "–",
        >= 1_000 => Signed(value, 0),
        >= 100 => Signed(value, 1, trim: true),
        >= 1 => Signed(value, 2, trim: true),
        _ => Signed(value, 3, trim: true),
    };

    /// <summary>A name from the data, cut at 80 characters, so that no name can swell the page.</summary>
    public static string Name(string name)
    {
        const int Most = 80;
        return name.Length <= Most ? name : name[..(char.IsHighSurrogate(name[Most - 1]) ? Most - 1 : Most)] + "…";
    }

    /// <summary>To the cent: "£8,887,208.89".</summary>
    public string Money(decimal amount) => (amount < 0 ? "−" : "") + sign + Math.Abs(amount).ToString("N2", Plain);

    /// <summary>For tiles: "£8.89 M".</summary>
    public string RoundMoney(decimal amount) => (amount < 0 ? "−" : "") + sign + Math.Abs(amount) switch
    {
        >= 1_000_000_000 and var billions => (billions / 1_000_000_000).ToString("0.00", Plain) + "\u00A0bn",
        >= 1_000_000 and var millions => (millions / 1_000_000).ToString("0.00", Plain) + "\u00A0M",
        >= 10_000 and var thousands => (thousands / 1_000).ToString("0.0", Plain) + "\u00A0k",
        var little => little.ToString("N0", Plain),
    };

    /// <summary>A value of a feature, in the feature's unit.</summary>
    public string Of(Feature feature, double value)
    {
        if (!double.IsFinite(value))
            return "–";
        if (feature.Unit.StartsWith("money", StringComparison.Ordinal))
            return (value < 0 ? "−" : "") + sign + Math.Abs(value).ToString(Math.Abs(value) < 1_000 ? "N2" : "N0", Plain);
        if (feature.Unit is "share")
            return Percent(value);
        if (feature.Role is FeatureRole.Hour && IsWhole(value))
            return $"{(int)value:00}:00";
        if (feature.Role is FeatureRole.Weekday && IsWhole(value) && value is >= 0 and < 7)
            return Weekdays[(int)value];
        return feature.Unit is "flag" && value is (0 or 1) ? (value == 1 ? "yes" : "no") : Short(value);
    }

    /// <summary>The unit in words, where the label and the values do not say it: "days", "GBP per month"; else empty.</summary>
    public string Unit(Feature feature) => feature.Unit switch
    {
        "money" => currency,
        "money per month" => $"{currency} per month".TrimStart(),
        "flag" => "share of customers",
        "hour" => "hour of the day",
        _ when feature.Role is FeatureRole.Weekday => "",
        var unit when feature.Label.Contains(unit, StringComparison.Ordinal) => "",
        var unit => unit,
    };

    private static bool IsWhole(double value) => value == Math.Floor(value);

    // The typographic minus, and never "−0".
    private static string Signed(double value, int decimals, bool trim = false)
    {
        string digits = Math.Abs(value).ToString(trim ? "#,0." + new string('#', decimals) : "N" + decimals.ToString(Plain), Plain);
        return value < 0 && digits.AsSpan().IndexOfAnyInRange('1', '9') >= 0 ? "−" + digits : digits;
    }
}
