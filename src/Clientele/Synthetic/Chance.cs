namespace Clientele.Synthetic;

/// <summary>A stream of chance that is ours, so that a seed gives the same shop whatever the runtime: SplitMix64 (Steele, Lea &amp; Flood 2014, OOPSLA, fig. 14).</summary>
/// <remarks>A stream is named by seed and number, so customers are independent of each other and of their count.</remarks>
internal struct Chance
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;
    private ulong state;

    public Chance(ulong seed, ulong stream) => state = Mix(seed ^ Mix(stream * Gamma + Gamma));

    public ulong Next() => Mix(state += Gamma);

    /// <summary>0 ≤ x &lt; 1, 53 bits.</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>0 … <paramref name="count"/> − 1.</summary>
    public int Below(int count) => (int)(Uniform() * count);

    public bool Happens(double probability) => Uniform() < probability;

    /// <summary>Mean 0, variance 1 (Box &amp; Muller 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>Mean 0, variance 1, both tails exponential (Laplace's first law).</summary>
    public double Laplace()
    {
        double u = Uniform() - 0.5;
        return -Math.Sign(u) * Math.Log(1 - 2 * Math.Abs(u)) / Math.Sqrt(2);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
