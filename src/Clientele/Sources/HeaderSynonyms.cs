namespace Clientele.Sources;

/// <summary>What shops call the columns that we know, most telling first; small letters and digits only.</summary>
internal static class HeaderSynonyms
{
    private static readonly Dictionary<string, string[]> Names = new()
    {
        ["invoice"] = ["invoiceno", "invoice", "invoiceid", "invoicenumber", "basketid", "orderid", "ordernumber", "orderno", "order", "transactionid", "receiptid", "receiptno", "ordername", "name"],
        ["customer"] = ["customerid", "customer", "customernumber", "customerno", "householdid", "membernumber", "memberid", "userid", "clientid", "buyerid", "accountid", "customeremail", "billingemail", "email", "customername"],
        ["ordered_at"] = ["invoicedate", "orderdate", "orderedat", "transactiontimestamp", "transactiondate", "purchasedate", "createdat", "datecreated", "orderpurchasetimestamp", "timestamp", "datetime", "date", "day", "paidat"],
        ["product"] = ["stockcode", "productid", "productcode", "sku", "lineitemsku", "productsku", "itemsku", "itemid", "itemcode", "articleid", "articlenumber", "variantid", "upc", "asin", "product", "item", "article"],
        ["description"] = ["description", "itemdescription", "productdescription", "productname", "lineitemname", "itemname", "producttitle", "product", "item", "title", "article"],
        ["quantity"] = ["quantity", "lineitemquantity", "itemquantity", "qty", "quantityordered", "orderquantity", "units", "pieces"],
        ["price"] = ["unitprice", "price", "lineitemprice", "itemprice", "itemcost", "priceeach", "productprice", "unitcost"],
        ["line_total"] = ["linetotal", "salesvalue", "itemtotal", "lineamount", "extendedprice", "totalprice", "linerevenue", "revenue", "sales", "amount", "ordertotal", "total"],
        ["country"] = ["country", "billingcountry", "shippingcountry", "customercountry", "countrycode", "countryname"],
    };

    /// <summary>The header that means <paramref name="key"/>, or null.</summary>
    public static string? Find(string key, IReadOnlyList<string> headers) =>
        Names[key].Select(name => headers.FirstOrDefault(header => Plain(header) == name)).FirstOrDefault(found => found is not null);

    private static string Plain(string header) => string.Concat(header.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
