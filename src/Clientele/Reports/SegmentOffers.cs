using Clientele.Personas;

namespace Clientele.Reports;

/// <summary>The products that are recommended to most customers of a segment.</summary>
/// <param name="Segment">1 … k.</param>
/// <param name="Products">Names, most customers first.</param>
public sealed record SegmentOffers(int Segment, IReadOnlyList<string> Products);

/// <summary>Counts recommendations as they stream by; needs memory for the distinct products of each segment only.</summary>
public sealed class OfferCount
{
    private readonly SortedDictionary<int, Dictionary<string, (long Customers, string Name)>> counts = [];

    public void Add(Recommendation recommendation)
    {
        ArgumentNullException.ThrowIfNull(recommendation);
        if (!counts.TryGetValue(recommendation.Segment, out var products))
            counts[recommendation.Segment] = products = [];
        string name = recommendation.Description.Length > 0 ? recommendation.Description : recommendation.Product;
        products[recommendation.Product] = (products.GetValueOrDefault(recommendation.Product).Customers + 1, name);
    }

    /// <summary>The <paramref name="most"/> products of every segment; of equally frequent ones the lower code first.</summary>
    public IReadOnlyList<SegmentOffers> Top(int most = 3) =>
    [
        .. counts.Select(segment => new SegmentOffers(segment.Key,
            [.. segment.Value.OrderByDescending(each => each.Value.Customers).ThenBy(each => each.Key, StringComparer.Ordinal).Take(most).Select(each => each.Value.Name)])),
    ];
}
