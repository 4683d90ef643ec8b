namespace Clientele.Lifetime;

/// <summary>Everybody valued, alone and together: what is shown of lifetime value.</summary>
/// <param name="Customers">n, ascending by id.</param>
/// <param name="Contest">Null where no window of the past has another before it.</param>
public sealed record ValuedBase(IReadOnlyList<CustomerValue> Customers, Portfolio Portfolio, ContestResult? Contest);
