namespace Clientele.Reports.Sections;

/// <summary>Cleaning rules in words.</summary>
internal static class RuleNames
{
    public static string Of(string rule) => rule switch
    {
        "overlap" => "Overlap: the same invoices in two files",
        "missing" => "Missing: a field that must be there is empty",
        "cancellations" => "Cancellations",
        "duplicates" => "Duplicates: the same line again",
        "product_codes" => "Product codes: postage, fees and the like",
        "descriptions" => "Descriptions: those that name no product",
        "quantity" => "Quantity: not above zero",
        "price" => "Price: not above zero",
        "after_as_of" => "After the reference date",
        _ => rule,
    };
}
