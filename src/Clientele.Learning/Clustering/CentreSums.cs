using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>Sum and number of the rows of every cluster.</summary>
internal sealed class CentreSums(int clusters, int stride)
{
    /// <summary>k × stride.</summary>
    public double[] Sums { get; } = new double[clusters * stride];
    public int[] Counts { get; } = new int[clusters];

    public void Clear()
    {
        Array.Clear(Sums);
        Array.Clear(Counts);
    }

    /// <summary>Adds rows first … end−1, one after the other. A feature is a lane: no sum depends on the hardware's width.</summary>
    public void Add(LaneRows rows, int[] labels, int first, int end)
    {
        ref double sums = ref MemoryMarshal.GetArrayDataReference(Sums);
        ref double values = ref MemoryMarshal.GetArrayDataReference(rows.Padded);
        for (int i = first; i < end; i++)
        {
            int label = labels[i];
            Counts[label]++;
            int from = i * stride, to = label * stride;
            for (int j = 0; j < stride; j += LaneRows.Width)
                (Vector512.LoadUnsafe(ref sums, (nuint)(to + j)) + Vector512.LoadUnsafe(ref values, (nuint)(from + j))).StoreUnsafe(ref sums, (nuint)(to + j));
        }
    }

    public void Add(CentreSums other)
    {
        for (int i = 0; i < Sums.Length; i++)
            Sums[i] += other.Sums[i];
        for (int c = 0; c < Counts.Length; c++)
            Counts[c] += other.Counts[c];
    }
}
