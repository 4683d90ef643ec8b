namespace Clientele.Synthetic;

/// <summary>How far apart the planted personas stand.</summary>
public enum Separation
{
    /// <summary>Customers vary widely and personas overlap, as in life.</summary>
    Lifelike,
    /// <summary>Customers of a persona are much alike: any sound method must find them.</summary>
    Clear,
}

public sealed record SyntheticShopOptions
{
    /// <summary>Customers with an account, 1 … 100,000,000.</summary>
    public int Customers { get; init; } = 3_000;
    /// <summary>Same seed, same options: same bytes.</summary>
    public ulong Seed { get; init; } = 42;
    public Separation Separation { get; init; } = Separation.Lifelike;
    /// <summary>Planted personas, 1 … 10. One is a continuum without groups.</summary>
    public int Personas { get; init; } = 5;
}

/// <param name="Lines">Data lines of <c>orders.csv</c>.</param>
/// <param name="Invoices">Invoices in it, returns and guests included.</param>
public sealed record SyntheticShopFiles(string Orders, string Truth, long Lines, long Invoices);
