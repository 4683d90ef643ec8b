namespace Clientele.Learning;

/// <summary>Grows one tree of a booster: histogram of the smaller child, subtraction for the larger, best question from the sums.</summary>
internal sealed class BoostedTreeGrower(BinnedTable table, BoostingOptions options)
{
    /// <summary>Cells added from which threads share the work: below, waking them takes longer.</summary>
    private const long WorthThreads = 200_000;

    private readonly RowBins bins = new(table, options.Threads);
    private readonly SplitFinder finder = new(table, options);
    private readonly Stack<long[]> spare = new();
    private readonly int threads = Workers.Count(options.Threads);

    /// <summary>A leaf that may still be split.</summary>
    /// <param name="Cells">Its histogram; null: too small to be split.</param>
    private sealed record Leaf(int Node, int Begin, int End, int Depth, NodeSums Sums, LeafBounds Bounds, long[]? Cells, Split Split);

    /// <param name="partition">The rows to grow on; on return each leaf's stand together.</param>
    /// <param name="gradients">n × (gradient, hessian).</param>
    /// <param name="columns">Those that may be asked, ascending.</param>
    /// <param name="leaves">Out: node, and where its rows are.</param>
    public DecisionTreeBuilder Grow(RowPartition partition, long[] gradients, GradientScale scale, int[] columns, List<GrownLeaf> leaves)
    {
        var tree = new DecisionTreeBuilder(1);
        var open = new PriorityQueue<Leaf, (double, int)>();
        int count = 1;
        long[] cells = Sum(partition.Rows, 0, partition.Rows.Length, gradients);
        var sums = default(NodeSums);
        for (int b = 0; b < 256; b++)
            sums += new NodeSums(cells[2 * b], cells[2 * b + 1]);
        tree.Add(Value(sums, scale, LeafBounds.None));
        Consider(new(0, 0, partition.Rows.Length, 0, sums, LeafBounds.None, cells, Split.None));
        while (open.TryDequeue(out var leaf, out _))
        {
            if (leaf.Split.Feature < 0 || count == options.Leaves)
            {
                leaves.Add(new(leaf.Node, leaf.Begin, leaf.End, leaf.Bounds));
                Return(leaf.Cells);
                continue;
            }
            count++;
            Divide(leaf);
        }
        return tree;

        void Divide(Leaf leaf)
        {
            var split = leaf.Split;
            int middle = partition.Divide(leaf.Begin, leaf.End, table.Columns[split.Feature], split, threads);
            var (left, right) = (split.Left, leaf.Sums - split.Left);
            var (leftBounds, rightBounds) = Bounds(leaf, left, right);
            bool leftIsLarger = middle - leaf.Begin >= leaf.End - middle;
            tree.Ask(leaf.Node, split.Feature, split.Cut, split.Set, MissingSeen(leaf, split.Feature) ? split.MissingLeft : leftIsLarger, split.Gain);
            int node = tree.Add(Value(left, scale, leftBounds));
            tree.Add(Value(right, scale, rightBounds));
            var (leftCells, rightCells) = Histograms(leaf, middle, leftIsLarger, last: count == options.Leaves);
            Consider(new(node, leaf.Begin, middle, leaf.Depth + 1, left, leftBounds, leftCells, Split.None));
            Consider(new(node + 1, middle, leaf.End, leaf.Depth + 1, right, rightBounds, rightCells, Split.None));
        }

        void Consider(Leaf leaf)
        {
            if (leaf.Cells is not null)
                leaf = leaf with { Split = finder.Best(leaf.Cells, columns, leaf.Sums, scale, leaf.Bounds) };
            // Of equal gains the older leaf; level by level, age alone.
            open.Enqueue(leaf, (options.Growth == TreeGrowth.LeafWise ? -leaf.Split.Gain : 0, leaf.Node));
        }

        // The larger child needs the smaller one's histogram; nobody needs any where neither can be split again.
        (long[]? Left, long[]? Right) Histograms(Leaf leaf, int middle, bool leftIsLarger, bool last)
        {
            long[] parent = leaf.Cells!;
            bool deepest = options.Depth > 0 && leaf.Depth + 1 >= options.Depth;
            int larger = Math.Max(middle - leaf.Begin, leaf.End - middle), smaller = leaf.End - leaf.Begin - larger;
            if (last || deepest || larger < 2 * options.MinLeafRows)
            {
                Return(parent);
                return (null, null);
            }
            long[] small = leftIsLarger ? Sum(partition.Rows, middle, leaf.End, gradients) : Sum(partition.Rows, leaf.Begin, middle, gradients);
            Histogram.Subtract(parent, small);
            long[]? kept = small;
            if (smaller < 2 * options.MinLeafRows)
            {
                Return(small);
                kept = null;
            }
            return leftIsLarger ? (parent, kept) : (kept, parent);
        }

        (LeafBounds, LeafBounds) Bounds(Leaf leaf, NodeSums left, NodeSums right)
        {
            int sign = MonotoneColumns.Sign(options.Monotone, leaf.Split.Feature);
            return leaf.Bounds.Divide(sign, (Value(left, scale, leaf.Bounds) + Value(right, scale, leaf.Bounds)) / 2);
        }
    }

    private double Value(NodeSums sums, GradientScale scale, LeafBounds bounds) =>
        SplitGains.LeafValue(scale.GradientOf(sums.Gradient), scale.HessianOf(sums.Hessian), options.L2, bounds);

    private static bool MissingSeen(Leaf leaf, int feature) => leaf.Cells![feature * 512 + 2 * FeatureBins.Missing + 1] != 0;

    private long[] Sum(int[] rows, int begin, int end, long[] gradients)
    {
        int parts = (long)(end - begin) * bins.Columns < WorthThreads ? 1 : threads;
        var sums = new long[parts][];
        for (int t = 0; t < parts; t++)
            sums[t] = Rent();
        Workers.Run(parts, threads, t =>
        {
            int first = begin + (int)((long)(end - begin) * t / parts), last = begin + (int)((long)(end - begin) * (t + 1) / parts);
            Histogram.Add(bins, rows.AsSpan(first, last - first), gradients, sums[t]);
        });
        for (int t = 1; t < parts; t++)
        {
            Histogram.Merge(sums[0], sums[t]);
            Return(sums[t]);
        }
        return sums[0];
    }

    private long[] Rent()
    {
        if (!spare.TryPop(out long[]? cells))
            return new long[Histogram.Length(bins.Columns)];
        Array.Clear(cells);
        return cells;
    }

    private void Return(long[]? cells)
    {
        if (cells is not null)
            spare.Push(cells);
    }
}

/// <summary>A leaf of a grown tree and its rows within the partition.</summary>
internal readonly record struct GrownLeaf(int Node, int Begin, int End, LeafBounds Bounds);
