using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>Sums of the Euclidean distances from every row to every cluster of every labeling; every distance is measured once.</summary>
/// <typeparam name="T">Of the distances, float or double. The sums are doubles.</typeparam>
/// <remarks>
/// Rows are cut into blocks. In round r block a meets block b = (r − a) mod blocks: no block is in two tiles of a round, and all pairs have met after
/// the last round. So the order in which a row's sums grow is that of the rounds, whoever works on the tiles. Lanes never mix before the end of a
/// tile, and there in a fixed order: the same bits on any width of hardware.
/// <para>Coordinates are taken from the mean of the rows beside them in their cell, in double, and only then rounded to <typeparamref name="T"/>.</para>
/// </remarks>
internal sealed class DistanceSums<T> where T : unmanaged
{
    private const int BlockGroups = 16, BlockRows = BlockGroups * LabelCells.Width;

    private readonly LabelCells cells;
    private readonly double[][] sums;
    private readonly T[] real;              // all bits for a row, none for a repeat
    private readonly int groups, blocks, columns;

    internal DistanceSums(LabelCells cells)
    {
        (this.cells, columns, groups) = (cells, cells.Columns, cells.Positions / LabelCells.Width);
        blocks = (groups + BlockGroups - 1) / BlockGroups;
        sums = [.. Enumerable.Range(0, cells.Clusters).Select(_ => new double[cells.Positions])];
        real = new T[cells.Positions];
        for (int at = 0; at < real.Length; at++)
            if (cells.Real[at])
                MemoryMarshal.AsBytes(real.AsSpan(at, 1)).Fill(byte.MaxValue);
    }

    /// <returns>Clusters × positions, in the scaled units of the cells.</returns>
    public static double[][] Measure(LabelCells cells, int threads, CancellationToken cancel)
    {
        var measured = new DistanceSums<T>(cells);
        for (int round = 0; round < measured.blocks; round++)
            Workers.Run(measured.blocks, threads, a =>
            {
                int b = (round - a + measured.blocks) % measured.blocks;
                if (a <= b)
                    measured.Tile(a, b);
            }, cancel);
        return measured.sums;
    }

    /// <summary>All pairs of two blocks; of a block with itself every pair from both of its ends.</summary>
    internal void Tile(int a, int b)
    {
        const int width = LabelCells.Width;
        T[] lanes = ArrayPool<T>.Shared.Rent(BlockRows * columns), points = ArrayPool<T>.Shared.Rent(BlockRows * columns);
        double[] across = ArrayPool<double>.Shared.Rent(BlockGroups * BlockRows);     // cells of b × rows of the current cell of a
        Span<T> down = stackalloc T[BlockRows];     // from the rows of b to the current cell of a
        int firstB = b * BlockGroups, endB = Math.Min(groups, firstB + BlockGroups), endA = Math.Min(groups, (a + 1) * BlockGroups);
        for (int first = a * BlockGroups, end; first < endA; first = end)
        {
            end = EndOfCell(first, endA);
            Place(first, end, firstB, endB, points, lanes);
            down.Clear();
            for (int at = first * width; at < end * width; at += DistanceKernel<T>.Abreast)
                for (int from = firstB, to, cell = 0; from < endB; from = to, cell += BlockRows)
                {
                    to = EndOfCell(from, endB);
                    int row = (from - firstB) * width, point = at - first * width;
                    DistanceKernel<T>.Run(
                        columns, (to - from) * width, ref points[point * columns], ref real[at],
                        ref lanes[row * columns], ref real[from * width], ref down[row]).CopyTo(across.AsSpan(cell + point));
                }
            for (int from = firstB, cell = 0; from < endB; from = EndOfCell(from, endB), cell += BlockRows)
                foreach (int cluster in cells.ClustersOf[cells.CellOf[from]])
                    Add(across.AsSpan(cell, (end - first) * width), sums[cluster].AsSpan(first * width));
            if (a != b)
                foreach (int cluster in cells.ClustersOf[cells.CellOf[first]])
                    DistanceKernel<T>.AddTo(ref down[0], sums[cluster].AsSpan(firstB * width, (endB - firstB) * width));
        }
        ArrayPool<T>.Shared.Return(lanes);
        ArrayPool<T>.Shared.Return(points);
        ArrayPool<double>.Shared.Return(across);
    }

    // Both sets of rows about the mean of the first.
    private void Place(int first, int end, int from, int to, T[] points, T[] lanes)
    {
        double[] origin = ArrayPool<double>.Shared.Rent(columns);
        var source = cells.Points.AsSpan(first * LabelCells.Width * columns, (end - first) * LabelCells.Width * columns);
        Array.Clear(origin);
        for (int at = 0; at < source.Length; at += columns)
            for (int j = 0; j < columns; j++)
                origin[j] += source[at + j];
        for (int j = 0; j < columns; j++)
            origin[j] /= (end - first) * LabelCells.Width;
        for (int at = 0; at < source.Length; at += columns)
            for (int j = 0; j < columns; j++)
                points[at + j] = DistanceKernel<T>.Narrow(source[at + j] - origin[j]);
        DistanceKernel<T>.Place(cells.Lanes.AsSpan(from * LabelCells.Width * columns, (to - from) * LabelCells.Width * columns), origin.AsSpan(0, columns), lanes);
        ArrayPool<double>.Shared.Return(origin);
    }

    // Full sixteens.
    private static void Add(ReadOnlySpan<double> more, Span<double> sums)
    {
        ref double from = ref MemoryMarshal.GetReference(more);
        ref double to = ref MemoryMarshal.GetReference(sums[..more.Length]);
        for (nuint at = 0; at < (nuint)more.Length; at += (nuint)Vector512<double>.Count)
            (Vector512.LoadUnsafe(ref to, at) + Vector512.LoadUnsafe(ref from, at)).StoreUnsafe(ref to, at);
    }

    private int EndOfCell(int group, int end)
    {
        int next = group + 1;
        while (next < end && cells.CellOf[next] == cells.CellOf[group])
            next++;
        return next;
    }
}
