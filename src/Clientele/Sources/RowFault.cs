namespace Clientele.Sources;

/// <summary>Why a row could not be read. The numbers are those of <c>read.sql</c>.</summary>
public enum RowFault
{
    None = 0,
    Quotes = 1,
    TooFewCells = 2,
    TooManyCells = 3,
    Encoding = 4,
    MissingInvoice = 5,
    MissingDate = 6,
    BadDate = 7,
    MissingQuantity = 8,
    BadQuantity = 9,
    MissingMoney = 10,
    BadMoney = 11,
    TooLarge = 12,
}

/// <summary>The words for a fault: kind (part of the interface), reason, remedy.</summary>
public static class RowFaults
{
    public static (string Kind, string Reason, string Remedy) Words(this RowFault fault) => fault switch
    {
        RowFault.Quotes => ("row/quotes", "A quote is not closed, or text follows a closed one.", "Put the whole cell in quotes and double those within it."),
        RowFault.TooFewCells => ("row/too-few-cells", "The row has fewer cells than the header.", "Add the missing cells, empty if need be."),
        RowFault.TooManyCells => ("row/too-many-cells", "The row has more cells than the header.", "Put a cell that holds the delimiter in quotes."),
        RowFault.Encoding => ("row/encoding", "The row is not UTF-8.", "Save the file as UTF-8."),
        RowFault.MissingInvoice => ("row/missing-invoice", "The invoice number is missing.", "Fill it in, or map `invoice: [customer, day]`."),
        RowFault.MissingDate => ("row/missing-date", "The date is missing.", "Fill it in."),
        RowFault.BadDate => ("row/bad-date", "The date does not exist, is not written as `date_order` says, or lies outside 1970 … 2105.", "Correct it, or set `date_order`."),
        RowFault.MissingQuantity => ("row/missing-quantity", "The quantity is missing.", "Fill it in."),
        RowFault.BadQuantity => ("row/bad-quantity", "The quantity is not a whole number of at most 12 digits.", "Write it like 6 or -6."),
        RowFault.MissingMoney => ("row/missing-price", "The price is missing.", "Fill it in; 0 is a price."),
        RowFault.BadMoney => ("row/bad-price", "The price is not a plain number of at most 14 digits before the point.", "Write it like 1234.50, without currency sign or thousands separator."),
        RowFault.TooLarge => ("row/too-large", "Quantity × price is 100,000,000,000,000 or more.", "Correct the quantity or the price."),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "A row without a fault needs no words."),
    };
}
