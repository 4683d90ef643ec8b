using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>Merges by following nearest neighbours until two are each other's. Source: Murtagh (1983), Computer Journal 26(4); Ward (1963), JASA 58.</summary>
/// <remarks>
/// Ward's distance of two clusters needs only their centres and sizes, so no table of distances is kept: O(n·d) memory, O(n²·d) time.
/// Clusters are lanes; of equally near ones the one met before on the chain, else the first.
/// </remarks>
internal sealed class WardChain
{
    private readonly int d, n;
    private readonly List<int> chain = [];
    private readonly List<(int Left, int Right, double Squared)> merges;
    private double[] centres;
    private double[] sizes;
    private int[] leaders;      // of every slot a row of its cluster
    private int slots, alive;

    private WardChain(Matrix rows)
    {
        (n, d) = (rows.Rows, rows.Columns);
        (slots, alive) = (n, n);
        merges = new(n);
        int stride = Stride(n);
        (centres, sizes, leaders) = (new double[d * stride], new double[stride], [.. Enumerable.Range(0, n)]);
        Array.Fill(centres, double.PositiveInfinity);
        for (int i = 0; i < n; i++)
        {
            sizes[i] = 1;
            for (int j = 0; j < d; j++)
                centres[j * stride + i] = rows[i, j];
        }
    }

    /// <param name="rows">n × d, finite, n ≥ 1.</param>
    public static WardTree Run(Matrix rows, IProgress<WardProgress>? progress, CancellationToken cancel) => new WardChain(rows).Run(progress, cancel);

    private WardTree Run(IProgress<WardProgress>? progress, CancellationToken cancel)
    {
        int stride = Stride(slots);
        while (alive > 1)
        {
            cancel.ThrowIfCancellationRequested();
            if (chain.Count == 0)
                chain.Add(Array.FindIndex(sizes, size => size > 0));
            int last = chain[^1], before = chain.Count > 1 ? chain[^2] : -1;
            double least = before < 0 ? double.PositiveInfinity : Squared(last, before, stride);
            int nearest = Nearest(last, stride, ref least) is >= 0 and var closer ? closer : before;
            if (nearest < 0)
                throw new ArgumentException("The rows lie too far apart for doubles: a squared distance is infinite.");
            if (nearest != before)
            {
                chain.Add(nearest);
                continue;
            }
            Merge(Math.Min(last, before), Math.Max(last, before), least, stride);
            chain.RemoveRange(chain.Count - 2, 2);
            if (merges.Count * 100L / (n - 1) > (merges.Count - 1) * 100L / (n - 1))
                progress?.Report(new(merges.Count, n - 1));
            if (alive * 2 <= slots && alive > 64)
                stride = Compact(stride);
        }
        return Sorted();
    }

    private static int Stride(int count) => (count + 7) / 8 * 8;

    private double Squared(int a, int b, int stride)
    {
        double sum = 0;
        for (int j = 0; j < d; j++)
        {
            double gap = centres[j * stride + a] - centres[j * stride + b];
            sum = Math.FusedMultiplyAdd(gap, gap, sum);
        }
        return sum * (2 * sizes[a] * sizes[b] / (sizes[a] + sizes[b]));
    }

    // The first cluster nearer than 'least'; −1 when none is.
    private int Nearest(int of, int stride, ref double least)
    {
        ref double centre = ref MemoryMarshal.GetArrayDataReference(centres);
        ref double size = ref MemoryMarshal.GetArrayDataReference(sizes);
        var own = Vector512.Create(sizes[of]);
        var twice = own + own;
        int nearest = -1;
        var bound = Vector512.Create(least);
        for (int first = 0; first < slots; first += 8)
        {
            var sum = Vector512<double>.Zero;
            ref double column = ref Unsafe.Add(ref centre, first);
            for (int j = 0; j < d; j++)
            {
                var gap = Vector512.Create(Unsafe.Add(ref centre, j * stride + of)) - Vector512.LoadUnsafe(ref column);
                sum = Vector512.FusedMultiplyAdd(gap, gap, sum);
                column = ref Unsafe.Add(ref column, stride);
            }
            var other = Vector512.LoadUnsafe(ref size, (nuint)first);
            var distance = sum * (twice * other / (own + other));
            if (!Vector512.LessThanAny(distance, bound))
                continue;
            for (int lane = 0; lane < 8; lane++)
                if (distance[lane] < least && first + lane != of)
                    (least, nearest) = (distance[lane], first + lane);
            bound = Vector512.Create(least);
        }
        return nearest;
    }

    // The later slot takes the merged cluster; the earlier one is empty from now on.
    private void Merge(int gone, int kept, double squared, int stride)
    {
        merges.Add((leaders[gone], leaders[kept], squared));
        double total = sizes[gone] + sizes[kept];
        for (int j = 0; j < d; j++)
        {
            double mine = centres[j * stride + kept], theirs = centres[j * stride + gone];
            centres[j * stride + kept] = mine + (theirs - mine) * (sizes[gone] / total);
            centres[j * stride + gone] = double.PositiveInfinity;
        }
        (sizes[kept], sizes[gone]) = (total, 0);
        alive--;
    }

    // Empty slots go; the order of the others stays.
    private int Compact(int stride)
    {
        int[] order = [.. Enumerable.Range(0, slots).Where(slot => sizes[slot] > 0)];
        int narrow = Stride(order.Length);
        var (closer, lighter) = (new double[d * narrow], new double[narrow]);
        Array.Fill(closer, double.PositiveInfinity);
        for (int to = 0; to < order.Length; to++)
        {
            lighter[to] = sizes[order[to]];
            for (int j = 0; j < d; j++)
                closer[j * narrow + to] = centres[j * stride + order[to]];
        }
        for (int link = 0; link < chain.Count; link++)
            chain[link] = Array.BinarySearch(order, chain[link]);
        (centres, sizes, leaders, slots) = (closer, lighter, [.. order.Select(slot => leaders[slot])], order.Length);
        return narrow;
    }

    // The chain finds merges out of order; sorted by height, clusters get their numbers.
    private WardTree Sorted()
    {
        int[] above = [.. Enumerable.Range(0, 2 * n - 1)];
        int[] counts = [.. Enumerable.Repeat(1, 2 * n - 1)];
        var sorted = new List<WardMerge>(n - 1);
        foreach (var (left, right, squared) in merges.OrderBy(merge => merge.Squared))
        {
            int a = Top(left), b = Top(right), node = n + sorted.Count;
            counts[node] = counts[a] + counts[b];
            (above[a], above[b]) = (node, node);
            sorted.Add(new(Math.Min(a, b), Math.Max(a, b), Math.Sqrt(squared), counts[node]));
        }
        return new(sorted);

        int Top(int node)
        {
            while (above[node] != node)
                node = above[node] = above[above[node]];
            return node;
        }
    }
}
