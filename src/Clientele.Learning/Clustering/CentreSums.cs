using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>Sum, weight and number of the rows of every cluster.</summary>
internal sealed class CentreSums(int clusters, int columns)
{
    /// <summary>k × d.</summary>
    public double[] Sums { get; } = new double[clusters * columns];
    public double[] Mass { get; } = new double[clusters];
    public int[] Counts { get; } = new int[clusters];

    public void Clear()
    {
        Array.Clear(Sums);
        Array.Clear(Mass);
        Array.Clear(Counts);
    }

    /// <summary>Adds a row, or with a negative weight takes it away. A feature is a lane: no sum depends on the hardware's width.</summary>
    public void Add(ReadOnlySpan<double> row, double weight, int cluster)
    {
        Count(weight, cluster);
        ref double sum = ref Sums[cluster * columns];
        ref double value = ref MemoryMarshal.GetReference(row);
        int j = 0;
        for (; j <= row.Length - Vector512<double>.Count; j += Vector512<double>.Count)
            Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref value, (nuint)j), Vector512.Create(weight), Vector512.LoadUnsafe(ref sum, (nuint)j)).StoreUnsafe(ref sum, (nuint)j);
        for (; j < row.Length; j++)
            Unsafe.Add(ref sum, j) = Math.FusedMultiplyAdd(row[j], weight, Unsafe.Add(ref sum, j));
    }

    /// <summary>Adds a row as it lies in a frame, rounded to single precision.</summary>
    public void Add(ReadOnlySpan<double> row, Frame frame, double weight, int cluster)
    {
        Count(weight, cluster);
        ref double sum = ref Sums[cluster * columns];
        ref double value = ref MemoryMarshal.GetReference(row);
        ref double origin = ref MemoryMarshal.GetArrayDataReference(frame.Origin);
        int j = 0;
        for (; j <= row.Length - Vector512<double>.Count; j += Vector512<double>.Count)
        {
            var framed = (Vector512.LoadUnsafe(ref value, (nuint)j) - Vector512.LoadUnsafe(ref origin, (nuint)j)) * frame.Unit;
            var single = Vector512.WidenLower(Vector512.Narrow(framed, framed));
            Vector512.FusedMultiplyAdd(single, Vector512.Create(weight), Vector512.LoadUnsafe(ref sum, (nuint)j)).StoreUnsafe(ref sum, (nuint)j);
        }
        for (; j < row.Length; j++)
            Unsafe.Add(ref sum, j) = Math.FusedMultiplyAdd((float)((row[j] - frame.Origin[j]) * frame.Unit), weight, Unsafe.Add(ref sum, j));
    }

    /// <summary>Moves one lane of side-by-side rows to another cluster.</summary>
    public void Move(ReadOnlySpan<float> lanes, int lane, double weight, int from, int to)
    {
        Count(-weight, from);
        Count(weight, to);
        var less = Sums.AsSpan(from * columns, columns);
        var more = Sums.AsSpan(to * columns, columns);
        for (int j = 0; j < less.Length; j++)
        {
            double x = lanes[j * SingleRows.Width + lane];
            less[j] = Math.FusedMultiplyAdd(-weight, x, less[j]);
            more[j] = Math.FusedMultiplyAdd(weight, x, more[j]);
        }
    }

    public void Add(CentreSums other)
    {
        ref double sums = ref MemoryMarshal.GetArrayDataReference(Sums);
        ref double more = ref MemoryMarshal.GetArrayDataReference(other.Sums);
        int i = 0;
        for (; i <= Sums.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            (Vector512.LoadUnsafe(ref sums, (nuint)i) + Vector512.LoadUnsafe(ref more, (nuint)i)).StoreUnsafe(ref sums, (nuint)i);
        for (; i < Sums.Length; i++)
            Sums[i] += other.Sums[i];
        for (int c = 0; c < Counts.Length; c++)
        {
            Counts[c] += other.Counts[c];
            Mass[c] += other.Mass[c];
        }
    }

    private void Count(double weight, int cluster)
    {
        Counts[cluster] += Math.Sign(weight);
        Mass[cluster] += weight;
    }
}
