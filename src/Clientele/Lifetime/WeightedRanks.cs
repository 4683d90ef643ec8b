namespace Clientele.Lifetime;

/// <summary>Rows in ascending order of a key, ties together, for figures of ranks in which rows count several times or not at all.</summary>
internal sealed class WeightedRanks
{
    private readonly int[] order;
    private readonly bool[] opens;

    /// <param name="keys">n, finite.</param>
    public WeightedRanks(double[] keys)
    {
        order = [.. Enumerable.Range(0, keys.Length)];
        double[] sorted = [.. keys];
        Array.Sort(sorted, order);
        opens = [.. sorted.Select((key, i) => i == 0 || key != sorted[i - 1])];
    }

    /// <summary>2 · mean(running share of the values) − 1 down the order, ties sharing evenly; 0 where all values are 0.</summary>
    /// <param name="values">n, ≥ 0.</param>
    /// <param name="weights">n, ≥ 0; null: every row once.</param>
    public double Gini(double[] values, int[]? weights)
    {
        double total = 0, rows = 0, running = 0, size = 0, gain = 0;
        for (int i = 0; i <= order.Length; i++)
        {
            if (i == order.Length || opens[i])
            {
                running += size * total + gain * (size + 1) / 2;
                (total, rows, size, gain) = (total + gain, rows + size, 0, 0);
                if (i == order.Length)
                    break;
            }
            double w = weights?[order[i]] ?? 1;
            (size, gain) = (size + w, gain + w * values[order[i]]);
        }
        return total == 0 ? 0 : 2 * running / rows / total - 1;
    }

    /// <summary>n ranks from 1; ties share the mean of theirs.</summary>
    /// <param name="weights">n, ≥ 0; null: every row once.</param>
    public double[] Ranks(int[]? weights)
    {
        var ranks = new double[order.Length];
        double before = 0;
        for (int first = 0, last; first < order.Length; first = last)
        {
            double size = weights?[order[first]] ?? 1;
            for (last = first + 1; last < order.Length && !opens[last]; last++)
                size += weights?[order[last]] ?? 1;
            for (int i = first; i < last; i++)
                ranks[order[i]] = before + (size + 1) / 2;
            before += size;
        }
        return ranks;
    }
}
