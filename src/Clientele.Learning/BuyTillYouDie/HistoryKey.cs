namespace Clientele.Learning;

/// <summary>What tells one group of customers from another.</summary>
internal readonly record struct HistoryKey(int Segment, int Frequency, double Recency, double Tenure) : IComparable<HistoryKey>
{
    public int CompareTo(HistoryKey other)
    {
        int by = Segment.CompareTo(other.Segment);
        by = by != 0 ? by : Frequency.CompareTo(other.Frequency);
        by = by != 0 ? by : Recency.CompareTo(other.Recency);
        return by != 0 ? by : Tenure.CompareTo(other.Tenure);
    }

    public ulong Mixed()
    {
        ulong hash = BitConverter.DoubleToUInt64Bits(Recency) * 0x9E3779B97F4A7C15 ^ BitConverter.DoubleToUInt64Bits(Tenure);
        hash = (hash ^ (hash >> 32)) * 0xBF58476D1CE4E5B9 + (uint)Frequency;
        hash = (hash ^ (hash >> 29)) * 0x94D049BB133111EB + (uint)Segment;
        return hash ^ (hash >> 32);
    }
}

/// <summary>Numbers distinct keys in the order of their first appearance. Open addressing with linear probing.</summary>
internal sealed class HistoryIndex(int expected)
{
    private int[] slots = new int[16];
    private HistoryKey[] keys = new HistoryKey[Math.Min(expected, 1024) + 1];
    private int[] weights = new int[Math.Min(expected, 1024) + 1];
    private int count;

    public HistoryKey[] Keys => keys[..count];
    public int[] Weights => weights[..count];

    public int Add(HistoryKey key)
    {
        int mask = slots.Length - 1, slot = (int)key.Mixed() & mask;
        for (; slots[slot] != 0; slot = (slot + 1) & mask)
            if (keys[slots[slot] - 1].Equals(key))
            {
                weights[slots[slot] - 1]++;
                return slots[slot] - 1;
            }
        if (count == keys.Length)
        {
            Array.Resize(ref keys, 2 * count);
            Array.Resize(ref weights, 2 * count);
        }
        (keys[count], weights[count]) = (key, 1);
        slots[slot] = ++count;
        if (2 * count > slots.Length)
            Grow();
        return count - 1;
    }

    private void Grow()
    {
        slots = new int[4 * slots.Length];
        int mask = slots.Length - 1;
        for (int at = 0; at < count; at++)
        {
            int slot = (int)keys[at].Mixed() & mask;
            while (slots[slot] != 0)
                slot = (slot + 1) & mask;
            slots[slot] = at + 1;
        }
    }
}
