using Clientele.Cleaning;
using Clientele.Settings;

namespace Clientele.Features;

/// <summary>The rules of <c>rule.sql</c> as far as they concern the lines of one customer, in their order.</summary>
/// <remarks>Not here: <c>overlap</c>, which is about where an invoice stands in files, and duplicates among lines of different customers.</remarks>
internal static class LineRules
{
    /// <param name="hasMoney">Whether the model's source had a price or line total.</param>
    /// <param name="asOf">Null: all lines count, whenever they were.</param>
    public static List<TypedLine> Keep(IReadOnlyList<TypedLine> lines, CleaningSettings rules, bool hasMoney, AsOf? asOf)
    {
        var kept = new List<TypedLine>(lines.Count);
        var seen = rules.Duplicates.Count > 0 ? new HashSet<TypedLine>() : null;
        long end = asOf is null ? long.MaxValue : TypedLine.MidnightOf(asOf.LinesBefore);
        foreach (var line in lines)
        {
            // What an earlier rule removes neither goes as a duplicate nor protects one.
            if (IsMissing(line, rules.Missing) || (rules.DropCancellations && line.IsCancelled) || seen?.Add(Compared(line, rules.Duplicates)) == false)
                continue;
            if (IsGoods(line, rules) && !(rules.PositiveQuantity && line.Quantity <= 0) && !(rules.PositivePrice && hasMoney && line.Price <= 0) && line.Second < end)
                kept.Add(line);
        }
        return kept;
    }

    private static bool IsMissing(in TypedLine line, IReadOnlyList<string> fields) =>
        (line.Description.Length == 0 && fields.Contains("description")) || (line.Product.Length == 0 && fields.Contains("product")) || (line.Country.Length == 0 && fields.Contains("country"));

    private static bool IsGoods(in TypedLine line, CleaningSettings rules) =>
        (rules.MinimumCodeDigits == 0 || line.Product.Count(char.IsAsciiDigit) >= rules.MinimumCodeDigits) && !rules.DropDescriptions.Contains(line.Description);

    // The fields that count, the others empty: of lines alike in these the first stays.
    private static TypedLine Compared(in TypedLine line, IReadOnlyList<string> fields) => new(
        fields.Contains("invoice") ? line.Invoice : "", false, fields.Contains("product") ? line.Product : "", fields.Contains("description") ? line.Description : "",
        fields.Contains("quantity") ? line.Quantity : 0, fields.Contains("ordered_at") ? line.Second : 0, fields.Contains("price") ? line.Price : 0, 0,
        fields.Contains("country") ? line.Country : "");
}
