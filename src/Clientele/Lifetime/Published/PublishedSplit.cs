namespace Clientele.Lifetime;

/// <summary>
/// The random split that system 002 published its figures on: 60 % to learn, 20 % to validate, 20 % to test, shuffled by NumPy's generator with seed 42.
/// Only for reproducing them: a split of customers at one cut-off tests no time.
/// </summary>
/// <param name="Training">Row indices.</param>
public sealed record PublishedSplit(IReadOnlyList<int> Training, IReadOnlyList<int> Validation, IReadOnlyList<int> Test)
{
    private const uint PublishedSeed = 42;

    /// <param name="rows">Rows, in ascending order of customer id.</param>
    /// <param name="seed">Other seeds give other splits of the same kind.</param>
    public static PublishedSplit Of(int rows, uint seed = PublishedSeed)
    {
        int[] order = Permutation(rows, seed);
        int held = (rows * 2 + 4) / 5;
        int[] rest = order[..held], among = Permutation(held, seed);
        int test = (held + 1) / 2;
        return new(order[held..], [.. among[test..].Select(i => rest[i])], [.. among[..test].Select(i => rest[i])]);
    }

    // Fisher and Yates from the end, each place drawn below a mask until it fits.
    private static int[] Permutation(int count, uint seed)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        var twister = new Twister(seed);
        for (int last = count - 1; last > 0; last--)
        {
            uint mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount((uint)last), drawn;
            do
                drawn = twister.Next() & mask;
            while (drawn > last);
            (order[last], order[drawn]) = (order[drawn], order[last]);
        }
        return order;
    }

    // MT19937: Matsumoto & Nishimura (1998), ACM Trans. Model. Comput. Simul. 8(1).
    private sealed class Twister
    {
        private const int Length = 624, Shift = 397;
        private readonly uint[] state = new uint[Length];
        private int at = Length;

        public Twister(uint seed)
        {
            state[0] = seed;
            for (uint i = 1; i < Length; i++)
                state[i] = 1_812_433_253 * (state[i - 1] ^ (state[i - 1] >> 30)) + i;
        }

        public uint Next()
        {
            if (at == Length)
                Renew();
            uint y = state[at++];
            y ^= y >> 11;
            y ^= (y << 7) & 0x9D2C5680;
            y ^= (y << 15) & 0xEFC60000;
            return y ^ (y >> 18);
        }

        private void Renew()
        {
            for (int i = 0; i < Length; i++)
            {
                uint y = (state[i] & 0x80000000) | (state[(i + 1) % Length] & 0x7FFFFFFF);
                state[i] = state[(i + Shift) % Length] ^ (y >> 1) ^ ((y & 1) * 0x9908B0DF);
            }
            at = 0;
        }
    }
}
