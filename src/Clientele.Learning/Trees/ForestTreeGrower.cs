namespace Clientele.Learning;

/// <summary>Grows one tree of a forest, depth first, on rows drawn with replacement.</summary>
internal sealed class ForestTreeGrower
{
    private readonly BinnedTable table;
    private readonly ForestTarget target;
    private readonly RandomForestOptions options;
    private readonly RandomStream random;
    private readonly CancellationToken cancel;
    private readonly ForestSplitter splitter;
    private readonly DecisionTreeBuilder tree;
    private readonly ForestRow[] rows, scratch;
    private readonly int[] columns;
    private readonly double[] sums, answer;
    private readonly int asked;

    public ForestTreeGrower(BinnedTable table, ForestTarget target, RandomForestOptions options, RandomStream random, CancellationToken cancel)
    {
        (this.table, this.target, this.options, this.random, this.cancel) = (table, target, options, random, cancel);
        (splitter, tree) = (new(table, target.Channels, options), new(target.Channels));
        (sums, answer) = (new double[target.Channels], new double[target.Channels]);
        columns = [.. Enumerable.Range(0, table.Columns.Length)];
        asked = options.ColumnsPerSplit > 0 ? options.ColumnsPerSplit : options.Classes == 0 ? columns.Length : Math.Max(1, (int)Math.Sqrt(columns.Length));
        rows = Draw();
        scratch = new ForestRow[rows.Length];
    }

    public DecisionTree Grow()
    {
        var open = new Stack<(int Node, int Begin, int End, int Depth)>();
        Leaf(0, rows.Length);
        open.Push((0, 0, rows.Length, 0));
        while (open.TryPop(out var at))
        {
            cancel.ThrowIfCancellationRequested();
            if (Best(at.Begin, at.End, at.Depth) is not { } split)
                continue;
            int middle = Divide(at.Begin, at.End, split);
            bool missingSeen = HasMissing(split.Feature, at.Begin, at.End);
            tree.Ask(at.Node, split.Feature, split.Cut, Set(split), missingSeen ? split.MissingLeft : middle - at.Begin >= at.End - middle, split.Gain);
            int left = Leaf(at.Begin, middle);
            Leaf(middle, at.End);
            open.Push((left + 1, middle, at.End, at.Depth + 1));
            open.Push((left, at.Begin, middle, at.Depth + 1));
        }
        return tree.Build();
    }

    private int Leaf(int begin, int end)
    {
        double weight = Sum(begin, end);
        int node = tree.Add(answer);
        tree.SetCover(node, weight);
        return node;
    }

    // n draws with replacement; a row drawn twice counts twice.
    private ForestRow[] Draw()
    {
        int[] drawn = new int[target.Rows];
        for (int i = 0; i < drawn.Length; i++)
            drawn[random.Below(drawn.Length)]++;
        var kept = new List<ForestRow>();
        for (int i = 0; i < drawn.Length; i++)
            if (drawn[i] * target.Weight(i) is > 0 and var weight)
                kept.Add(new(i, weight, target.Channels > 1 ? target.Value(i) : weight * target.Value(i)));
        return [.. kept];
    }

    // The node's sums, and its answer as a leaf.
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
        target.Answer(sums, weight, options.Smoothing, answer);
        return weight;
    }

    // Columns in random order, as many as asked for; more when none of those told the rows apart.
    private ForestSplit? Best(int begin, int end, int depth)
    {
        if (end - begin < 2 * options.MinLeafRows || end - begin < 2 || (options.Depth > 0 && depth >= options.Depth))
            return null;
        var members = rows.AsSpan(begin, end - begin);
        if (Pure(members))
            return null;
        double weight = Sum(begin, end);
        var best = new ForestSplit { Gain = 1e-12 * weight };
        for (int left = columns.Length, seen = 0; left > 0 && (seen < asked || best.Feature < 0); left--)
        {
            int at = random.Below(left);
            (columns[at], columns[left - 1]) = (columns[left - 1], columns[at]);
            seen += splitter.Search(columns[left - 1], members, sums, weight, best) ? 1 : 0;
        }
        return best.Feature < 0 ? null : best;
    }

    private bool Pure(ReadOnlySpan<ForestRow> members)
    {
        double first = target.Value(members[0].Row);
        foreach (ref readonly var row in members)
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

    private bool HasMissing(int feature, int begin, int end)
    {
        byte[] column = table.Columns[feature];
        foreach (ref readonly var row in rows.AsSpan(begin, end - begin))
            if (column[row.Row] == FeatureBins.Missing)
                return true;
        return false;
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
