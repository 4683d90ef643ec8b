using System.Globalization;
using Clientele.Features;

namespace Clientele.Personas;

/// <summary>Figures as a shopkeeper writes them.</summary>
/// <param name="Currency">ISO 4217 code, or empty: plain numbers.</param>
internal sealed record Wording(string Currency)
{
    private static readonly Dictionary<string, string> Symbols = new()
    {
        ["GBP"] = "£",
        ["EUR"] = "€",
        ["USD"] = "$",
        ["JPY"] = "¥",
        ["INR"] = "₹",
        ["KRW"] = "₩",
        ["ILS"] = "₪",
        ["UAH"] = "₴",
        ["TRY"] = "₺",
        ["NGN"] = "₦",
        ["VND"] = "₫",
        ["PHP"] = "₱",
        ["BRL"] = "R$",
        ["AUD"] = "A$",
        ["CAD"] = "C$",
        ["NZD"] = "NZ$",
    };

    public static readonly string[] Weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <summary>"£1,940", "−£12.50", "1,940 CHF", "1,940".</summary>
    public string Money(double value)
    {
        string amount = Math.Abs(value) >= 99.995 || value == Math.Floor(value) ? Plain(Math.Abs(value), "#,0") : Plain(Math.Abs(value), "0.00");
        string sign = value < 0 && amount.AsSpan().ContainsAnyExcept("0.") ? "−" : "";
        return Symbols.TryGetValue(Currency, out string? symbol) ? sign + symbol + amount
            : Currency.Length == 0 ? sign + amount
            : $"{sign}{amount} {Currency}";
    }

    /// <summary>"14 %", "3.4 %"; never 0 % or 100 % unless it is none or all.</summary>
    public static string Percent(double share) => share switch
    {
        <= -0.001 => "−" + Percent(-share),
        < 0 => "just below 0 %",
        0 => "0 %",
        < 0.001 => "under 0.1 %",
        < 0.0995 => Plain(share * 100, "0.#") + " %",
        >= 0.995 and < 1 => "over 99 %",
        _ => Plain(share * 100, "#,0") + " %",
    };

    /// <summary>"9", "2.5", "0.13", "1,204".</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 99.95 => Plain(value, "#,0"),
        >= 0.995 => Plain(value, "0.#"),
        > 0 and < 0.005 => "under 0.01",
        _ => Plain(value, "0.##"),
    };

    /// <summary>"1 order", "2.5 orders".</summary>
    public static string Count(double value, string plural)
    {
        string number = Number(value);
        return $"{number} {(number == "1" ? Singular(plural) : plural)}";
    }

    /// <summary>Whole days: "12 days", "1 day".</summary>
    public static string Days(double value) => Count(Math.Floor(value + 0.5), "days");

    /// <summary>"14:00".</summary>
    public static string Hour(double value) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(value + 0.5):00}:00");

    /// <summary>"on Thursday"'s Thursday.</summary>
    public static string Weekday(double value) => Weekdays[Math.Clamp((int)Math.Floor(value + 0.5), 0, 6)];

    /// <summary>The value with its unit, where the label has not said it yet.</summary>
    public string Value(Feature feature, double value) => feature.Unit switch
    {
        "money" => Money(value),
        "money per month" => Money(value) + " a month",
        "share" or "flag" => Percent(value),
        "hour" => Hour(value),
        _ when feature.Role == FeatureRole.Weekday => Weekday(value),
        "days" => Count(value, "days"),
        _ => Number(value),
    };

    private static string Singular(string plural) => plural.EndsWith('s') ? plural[..^1] : plural;

    private static string Plain(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');
}
