namespace Clientele.Learning;

/// <summary>Grows one tree of a forest, depth first, on rows drawn with replacement.</summary>
internal sealed class ForestTreeGrower
{
    /// <summary>Share of the mean loss, per weight, that a split must take off: what is less is rounding.</summary>
    private const double Rounding = 1e-12;

    private readonly BinnedTable table;
    private readonly ForestTarget target;
    private readonly RandomForestOptions options;
    private readonly RandomStream random;
    private readonly CancellationToken cancel;
    private readonly ForestSplitter splitter;
    private readonly DecisionTreeBuilder tree;
    private readonly ForestRow[] rows, scratch;
    private readonly List<(int Begin, int End)> members = [];
    private readonly int[] columns;
    private readonly double[] sums, answer;
    private readonly int asked;

    public ForestTreeGrower(BinnedTable table, ForestTarget target, RandomForestOptions options, RandomStream random, CancellationToken cancel)
    {
        (this.table, this.target, this.options, this.random, this.cancel) = (table, target, options, random, cancel);
        (splitter, tree) = (new(table, target, options), new(target.Channels));
        (sums, answer) = (new double[target.Channels], new double[target.Channels]);
        columns = [.. Enumerable.Range(0, table.Columns.Length)];
        asked = options.ColumnsPerSplit > 0 ? options.ColumnsPerSplit : options.Classes == 0 ? columns.Length : Math.Max(1, (int)Math.Sqrt(columns.Length));
        rows = Draw();
        scratch = new ForestRow[rows.Length];
    }

    public DecisionTree Grow()
    {
        var open = new Stack<(int Node, int Depth, LeafBounds Bounds)>();
        Leaf(0, rows.Length, LeafBounds.None);
        open.Push((0, 0, LeafBounds.None));
        while (open.TryPop(out var at))
        {
            cancel.ThrowIfCancellationRequested();
            var (begin, end) = members[at.Node];
            if (Best(begin, end, at.Depth, at.Bounds) is not { } split)
                continue;
            int middle = Divide(begin, end, split);
            tree.Ask(at.Node, split.Feature, split.Cut, Set(split), split.MissingSeen ? split.MissingLeft : middle - begin >= end - middle, split.Gain);
            var (leftBounds, rightBounds) = at.Bounds.Divide(MonotoneColumns.Sign(options.Monotone, split.Feature), split.Middle);
            int left = Leaf(begin, middle, leftBounds), right = Leaf(middle, end, rightBounds);
            open.Push((right, at.Depth + 1, rightBounds));
            open.Push((left, at.Depth + 1, leftBounds));
        }
        return tree.Build();
    }

    /// <summary>The rows that ended in a leaf of the grown tree.</summary>
    public ReadOnlySpan<ForestRow> Members(int leaf) => rows.AsSpan(members[leaf].Begin..members[leaf].End);

    private int Leaf(int begin, int end, LeafBounds bounds)
    {
        double weight = Sum(begin, end);
        target.Answer(sums, weight, bounds, answer);
        int node = tree.Add(answer);
        tree.SetCover(node, weight);
        members.Add((begin, end));
        return node;
    }

    // As many draws with replacement as there are rows with a weight; a row drawn twice counts twice.
    private ForestRow[] Draw()
    {
        int[] learning = target.Learning, drawn = new int[learning.Length];
        for (int i = 0; i < drawn.Length; i++)
            drawn[random.Below(drawn.Length)]++;
        var kept = new List<ForestRow>();
        for (int i = 0; i < drawn.Length; i++)
            if (drawn[i] * target.Weight(learning[i]) is > 0 and var weight)
                kept.Add(new(learning[i], weight, target.Channels > 1 ? target.Value(learning[i]) : weight * target.Value(learning[i])));
        return [.. kept];
    }

    // Leaves the node's sums; returns its weight.
    private double Sum(int begin, int end)
    {
        double weight = 0;
        Array.Clear(sums);
        foreach (ref readonly var row in rows.AsSpan(begin, end - begin))
        {
            weight += row.Weight;
            if (target.Channels == 1)
                sums[0] += row.Value;
            else
                sums[(int)row.Value] += row.Weight;
        }
        return weight;
    }

    // Columns in random order, as many as asked for; more when none of those told the rows apart.
    private ForestSplit? Best(int begin, int end, int depth, LeafBounds bounds)
    {
        if (end - begin < 2 * options.MinLeafRows || end - begin < 2 || (options.Depth > 0 && depth >= options.Depth))
            return null;
        var rows = this.rows.AsSpan(begin, end - begin);
        if (Pure(rows))
            return null;
        var node = new ForestNode(sums, Sum(begin, end), bounds);
        var best = new ForestSplit { Gain = Rounding * target.Loss * node.Weight };
        for (int left = columns.Length, seen = 0; left > 0 && (seen < asked || best.Feature < 0); left--)
        {
            int at = random.Below(left);
            (columns[at], columns[left - 1]) = (columns[left - 1], columns[at]);
            seen += splitter.Search(columns[left - 1], rows, node, best) ? 1 : 0;
        }
        return best.Feature < 0 ? null : best;
    }

    private bool Pure(ReadOnlySpan<ForestRow> rows)
    {
        double first = target.Value(rows[0].Row);
        foreach (ref readonly var row in rows)
            if (target.Value(row.Row) != first)
                return false;
        return true;
    }

    private int Divide(int begin, int end, ForestSplit split)
    {
        byte[] column = table.Columns[split.Feature];
        int middle = begin, right = 0;
        for (int i = begin; i < end; i++)
            if (split.Left[column[rows[i].Row]])
                rows[middle++] = rows[i];
            else
                scratch[right++] = rows[i];
        scratch.AsSpan(0, right).CopyTo(rows.AsSpan(middle));
        return middle;
    }

    private ulong[] Set(ForestSplit split)
    {
        if (!table.Features[split.Feature].IsCategorical)
            return [];
        var set = new ulong[DecisionTree.SetWords];
        for (int bin = 0; bin < FeatureBins.Most; bin++)
            if (split.Left[bin])
                set[bin >> 6] |= 1UL << bin;
        return set;
    }
}
