namespace Clientele.Settings;

/// <summary>A named starting point for <c>clientele.yaml</c>.</summary>
/// <param name="Summary">One line for <c>--help</c>.</param>
/// <param name="SkipRows">Of text and Parquet sources: data rows passed over at the start.</param>
public sealed record Preset(
    string Name, string Summary, string Shop, string Currency, CleaningSettings Cleaning, FeatureSettings Features,
    IReadOnlyList<string>? Sheets = null, long SkipRows = 0)
{
    /// <summary>Lines of the first sheet of Online Retail II; its text form holds both sheets, one after the other.</summary>
    private const long FirstSheetRows = 525_461;

    public static IReadOnlyList<Preset> All { get; } =
    [
        new("orders", "Any shop: one row per order line.", "Shop", "",
            new() { Missing = ["customer"] },
            new()),
        new("online-retail", "UCI Online Retail and Online Retail II, cleaned by published rules.", "Online Retail", "GBP",
            new()
            {
                Missing = ["customer", "description"],
                Duplicates = ["invoice", "product", "description", "customer", "quantity"],
                MinimumCodeDigits = 2,
                DropDescriptions = ["Next Day Carriage", "High Resolution Image"],
                PositivePrice = true,
            },
            new() { HomeCountry = "United Kingdom" }),
        new("clv-6m", "Online Retail II, sheet 2010-2011: features before 2011-06-01 and what was spent in the six months after.", "Online Retail", "GBP",
            new() { Overlap = false, Missing = ["customer"], DropCancellations = true, PositiveQuantity = true, PositivePrice = true },
            new() { Set = "clv_9_published", AsOf = new DateOnly(2011, 6, 1), TargetUntil = new DateOnly(2011, 12, 1) },
            Sheets: ["Year 2010-2011"], SkipRows: FirstSheetRows),
    ];
}
