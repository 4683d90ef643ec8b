using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>Distances of one row to all: column after column, eight rows side by side.</summary>
internal sealed class RowDistances
{
    private readonly int stride, d;
    private readonly bool manhattan;
    private readonly double[] columns;

    public RowDistances(Matrix rows, RowDistance distance)
    {
        (Rows, d, manhattan) = (rows.Rows, rows.Columns, distance == RowDistance.Manhattan);
        stride = (Rows + 7) / 8 * 8;
        columns = new double[d * stride];
        for (int i = 0; i < Rows; i++)
            for (int j = 0; j < d; j++)
                columns[j * stride + i] = rows[i, j];
    }

    public int Rows { get; }

    /// <summary>Length of what <see cref="From"/> fills: rows, rounded up to full vectors.</summary>
    public int Length => stride;

    /// <param name="to">Out: distances to every row; past the last row, anything.</param>
    public void From(int row, Span<double> to)
    {
        ref double start = ref MemoryMarshal.GetArrayDataReference(columns);
        ref double target = ref MemoryMarshal.GetReference(to);
        for (int first = 0; first < stride; first += 8)
        {
            ref double column = ref Unsafe.Add(ref start, first);
            ref double own = ref Unsafe.Add(ref start, row);
            var sum = Vector512<double>.Zero;
            for (int j = 0; j < d; j++)
            {
                var gap = Vector512.LoadUnsafe(ref column) - Vector512.Create(own);
                sum = manhattan ? sum + Vector512.Abs(gap) : Vector512.FusedMultiplyAdd(gap, gap, sum);
                column = ref Unsafe.Add(ref column, stride);
                own = ref Unsafe.Add(ref own, stride);
            }
            (manhattan ? sum : Vector512.Sqrt(sum)).StoreUnsafe(ref target, (nuint)first);
        }
    }
}
