using Clientele.Engines;

namespace Clientele.Lifetime;

/// <summary>A share of the customers that hangs on nothing but their ids: those whose SipHash is small. The same at every cut-off, whatever they buy.</summary>
/// <param name="MostHash">Of an id that is in, as <c>sipHash64</c> gives it.</param>
public readonly record struct CustomerSample(ulong MostHash)
{
    private static readonly Sql Query = new("Lifetime/customers.sql");

    public static CustomerSample Everybody { get; } = new(ulong.MaxValue);

    public bool IsEverybody => this == Everybody;

    /// <summary>About as many as wanted; everybody where there are no more.</summary>
    public static CustomerSample Of(long customers, int wanted) => customers <= wanted ? Everybody : new(ulong.MaxValue / (ulong)customers * (ulong)wanted);

    /// <summary>How many bought before a day.</summary>
    /// <param name="work">The engine that holds <c>purchase_days</c>.</param>
    public static async Task<long> Count(EngineClient work, DateOnly cutoff, CancellationToken cancel = default) =>
        await work.Query(Query, row => row.ReadInt64(), new SqlParameters().Add("cutoff", cutoff), cancel).FirstAsync(cancel);
}
