namespace Clientele.Lifetime;

/// <summary>Everybody valued, together, and those who will be worth most: what is shown of lifetime value.</summary>
/// <param name="Best">The best customers by mean, equal ones by id.</param>
/// <param name="Contest">Null where no window of the past has another before it.</param>
public sealed record ValuedBase(IReadOnlyList<CustomerValue> Best, Portfolio Portfolio, ContestResult? Contest);
