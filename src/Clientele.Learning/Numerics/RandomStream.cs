using System.Numerics;

namespace Clientele.Learning;

/// <summary>
/// Chance with a name: the same seed and task give the same numbers, whoever runs the task and whenever.
/// xoshiro256** (Blackman &amp; Vigna 2018) seeded by SplitMix64 (Steele, Lea &amp; Flood 2014).
/// </summary>
internal sealed class RandomStream
{
    private ulong a, b, c, d;
    private double spare = double.NaN;

    public RandomStream(ulong seed, params ReadOnlySpan<int> task)
    {
        ulong state = Derive(seed, task);
        (a, b, c, d) = (SplitMix(ref state), SplitMix(ref state), SplitMix(ref state), SplitMix(ref state));
    }

    /// <summary>The seed of a task: unrelated for unrelated tasks.</summary>
    public static ulong Derive(ulong seed, params ReadOnlySpan<int> task)
    {
        ulong state = seed;
        foreach (int index in task)
        {
            state ^= SplitMix(ref state) + (uint)index;
            state = SplitMix(ref state);
        }
        return state;
    }

    public ulong Next()
    {
        ulong result = BitOperations.RotateLeft(b * 5, 7) * 9;
        ulong shifted = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = BitOperations.RotateLeft(d, 45);
        return result;
    }

    /// <summary>Uniform on [0, 1), 53 bits.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform on 0 … bound−1, without bias (Lemire 2019).</summary>
    public int Below(int bound)
    {
        ulong range = (ulong)bound;
        ulong high = Math.BigMul(Next(), range, out ulong low);
        if (low < range)
        {
            ulong unfair = (0UL - range) % range;
            while (low < unfair)
                high = Math.BigMul(Next(), range, out low);
        }
        return (int)high;
    }

    /// <summary>Standard normal, by the polar method (Marsaglia &amp; Bray 1964).</summary>
    public double Gaussian()
    {
        if (!double.IsNaN(spare))
        {
            double kept = spare;
            spare = double.NaN;
            return kept;
        }
        double u, v, s;
        do
        {
            u = 2 * Unit() - 1;
            v = 2 * Unit() - 1;
            s = u * u + v * v;
        }
        while (s is >= 1 or 0);
        double stretch = Math.Sqrt(-2 * Math.Log(s) / s);
        spare = v * stretch;
        return u * stretch;
    }

    /// <summary>0 … count−1 in random order.</summary>
    public int[] Permutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    /// <summary>Distinct indices of 0 … count−1, ascending; all of them when the sample is no smaller.</summary>
    public int[] Sample(int count, int size)
    {
        if (size >= count)
            return [.. Enumerable.Range(0, count)];
        int[] chosen = Permutation(count)[..size];
        Array.Sort(chosen);
        return chosen;
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
