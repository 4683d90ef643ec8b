namespace Clientele.Learning;

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
