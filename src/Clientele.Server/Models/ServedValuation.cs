using Clientele.Learning;
using Clientele.Lifetime;
using Clientele.Models;
using Clientele.Server.Customers;
using Clientele.Server.Json;

namespace Clientele.Server.Models;

/// <summary>What values customers whom the model's run need not have known. It is read beside the first requests.</summary>
/// <param name="bundle">One that values customers.</param>
internal sealed class ServedValuation(ModelBundle bundle)
{
    private const string Prefix = "lifetime.";

    private readonly Task<CustomerValuation> reading = Task.Run(() => bundle.Valuation!);

    /// <summary>First day that a customer described by <see cref="Fields"/> is valued from.</summary>
    public DateOnly Cutoff => Valuation.Learned.Cutoff;
    /// <summary>How far ahead, as people write it.</summary>
    public string Horizon => Valuation.Learned.Horizon;
    /// <summary>What must be known of a customer whose orders are not.</summary>
    public NumberFields Fields { get; } = new([.. CustomerPast.Named.Select(feature => feature.Name)], []);
    /// <summary>Where they stand in a table.</summary>
    public IReadOnlyList<string> Columns { get; } = [.. CustomerPast.Named.Select(feature => Prefix + feature.Name)];

    /// <param name="customers">n; null: nothing is known that tells a value.</param>
    /// <returns>n; null for those.</returns>
    /// <exception cref="NotFiniteException">One's numbers are too large to reckon with; its row says which.</exception>
    public ValueAnswer?[] Value(IReadOnlyList<CustomerPast?> customers)
    {
        try
        {
            var values = Valuation.Value([.. customers.OfType<CustomerPast>()], threads: 1);
            int next = 0;
            return [.. customers.Select(past => past is null ? null : ValueAnswer.Of(values[next++]))];
        }
        catch (Exception beyond) when (beyond is OverflowException or NotFiniteException)
        {
            int which = 0;
            while (customers.Count > 1 && CanBeTold(customers[which]))
                which++;
            throw new NotFiniteException(which, 0, double.PositiveInfinity);
        }
    }

    // Waits for what is nearly there already; a broken one is told with every request that asks for values.
    private CustomerValuation Valuation => reading.GetAwaiter().GetResult();

    private bool CanBeTold(CustomerPast? customer)
    {
        try
        {
            Value([customer]);
            return true;
        }
        catch (NotFiniteException)
        {
            return false;
        }
    }
}
