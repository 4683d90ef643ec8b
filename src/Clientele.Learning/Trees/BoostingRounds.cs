namespace Clientele.Learning;

/// <summary>The rounds of a booster: gradients, a tree per output, new scores, and the watch on the held-out rows.</summary>
internal sealed class BoostingRounds
{
    private const int Block = 8_192;

    private readonly Matrix encoded;
    private readonly Objective objective;
    private readonly BoostingOptions options;
    private readonly BoostedTreeGrower grower;
    private readonly int rows, columns;
    private readonly int[] learning, heldOut;
    private readonly double[] start, raw, gradients, hessians;
    private readonly long[] pairs;
    private readonly List<GrownLeaf> leaves = [];

    /// <param name="encoded">The rows with codes for categories.</param>
    public BoostingRounds(BinnedTable table, Matrix encoded, Objective objective, BoostingOptions options)
    {
        (this.encoded, this.objective, this.options, rows, columns) = (encoded, objective, options, table.Rows, table.Columns.Length);
        grower = new(table, options);
        heldOut = new RandomStream(options.Seed, 0).Sample(rows, (int)(options.HoldOut * rows));
        learning = [.. Enumerable.Range(0, rows).Except(heldOut)];
        if (!learning.Any(i => objective.Weight(i) > 0) || (heldOut.Length > 0 && !heldOut.Any(i => objective.Weight(i) > 0)))
            throw new ArgumentException("All rows with a weight fell into one part. Hold out another share, use another seed, or leave rows of weight 0 out.", nameof(options));
        start = objective.Start(learning);
        raw = new double[(long)rows * start.Length];
        for (int k = 0; k < start.Length; k++)
            Array.Fill(raw, start[k], k * rows, rows);
        (gradients, hessians, pairs) = (new double[raw.Length], new double[raw.Length], new long[2L * rows]);
    }

    public BoostingModel Run(double[][] categories, IProgress<BoostingProgress>? progress, CancellationToken cancel)
    {
        var trees = new List<DecisionTree>();
        var losses = new List<double>();
        int best = 0;
        for (int round = 0; round < options.Rounds; round++)
        {
            cancel.ThrowIfCancellationRequested();
            Derive();
            int[] sampled = options.RowShare == 1 ? learning
                : [.. new RandomStream(options.Seed, 1, round).Sample(learning.Length, Share(options.RowShare, learning.Length)).Select(i => learning[i])];
            for (int k = 0; k < start.Length; k++)
                trees.Add(Grow(k, sampled, new RandomStream(options.Seed, 2, round, k).Sample(columns, Share(options.ColumnShare, columns))));
            if (heldOut.Length > 0)
            {
                losses.Add(HeldOutLoss());
                if (losses[round] < losses[best])
                    best = round;
            }
            progress?.Report(new(round + 1, options.Rounds, heldOut.Length > 0 ? losses[round] : double.NaN));
            if (heldOut.Length > 0 && round - best >= options.Patience)
                break;
        }
        int kept = heldOut.Length > 0 ? (best + 1) * start.Length : trees.Count;
        return new(options.Loss, start, categories, trees[..kept], losses);
    }

    private static int Share(double share, int of) => Math.Max(1, (int)Math.Round(share * of));

    private void Derive() => Workers.Run((rows + Block - 1) / Block, options.Threads, task =>
    {
        (int first, int end) = (task * Block, Math.Min(rows, (task + 1) * Block));
        objective.Derive(raw, first, end, gradients, hessians);
        if (objective.Weights.Length == 0)
            return;
        for (int k = 0; k < start.Length; k++)
            for (int i = first; i < end; i++)
            {
                gradients[k * rows + i] *= objective.Weights[i];
                hessians[k * rows + i] *= objective.Weights[i];
            }
    });

    private DecisionTree Grow(int output, int[] sampled, int[] asked)
    {
        var scale = Quantise(output * rows);
        var partition = new RowPartition([.. sampled]);
        leaves.Clear();
        var tree = grower.Grow(partition, pairs, scale, asked, leaves);
        var grown = Finish(tree, partition);
        Workers.Run(leaves.Count, options.Threads, l =>
        {
            double value = grown.Values[leaves[l].Node];
            for (int i = leaves[l].Begin; i < leaves[l].End; i++)
                raw[output * rows + partition.Rows[i]] += value;
        });
        if (sampled.Length < rows)
            ScoreOthers(grown, sampled, output);
        return grown;
    }

    // Whole numbers from this output's gradients; the largest of them sets the scale.
    private GradientScale Quantise(int from)
    {
        int blocks = (rows + Block - 1) / Block;
        var largest = new (double Gradient, double Hessian)[blocks];
        Workers.Run(blocks, options.Threads, task =>
        {
            (double gradient, double hessian) = (0, 0);
            for (int i = from + task * Block; i < from + Math.Min(rows, (task + 1) * Block); i++)
                (gradient, hessian) = (Math.Max(gradient, Math.Abs(gradients[i])), Math.Max(hessian, hessians[i]));
            largest[task] = (gradient, hessian);
        });
        var scale = GradientScale.For(rows, largest.Max(of => of.Gradient), largest.Max(of => of.Hessian));
        Workers.Run(blocks, options.Threads, task =>
        {
            for (int i = task * Block; i < Math.Min(rows, (task + 1) * Block); i++)
                (pairs[2 * i], pairs[2 * i + 1]) = (scale.Gradient(gradients[from + i]), scale.Hessian(hessians[from + i]));
        });
        return scale;
    }

    // The leaves' weights; their values, where the loss has its own; then a share of these.
    private DecisionTree Finish(DecisionTreeBuilder tree, RowPartition partition)
    {
        var (covers, values) = (new double[leaves.Count], new double[leaves.Count]);
        Workers.Run(leaves.Count, options.Threads, l =>
        {
            var members = partition.Rows.AsSpan(leaves[l].Begin, leaves[l].End - leaves[l].Begin);
            covers[l] = members.Length;
            if (objective.Weights.Length > 0)
            {
                covers[l] = 0;
                foreach (int i in members)
                    covers[l] += objective.Weights[i];
            }
            if (objective.RefitsLeaves)
                values[l] = leaves[l].Bounds.Clamp(objective.LeafValue(raw, members));
        });
        for (int l = 0; l < leaves.Count; l++)
        {
            tree.SetCover(leaves[l].Node, covers[l]);
            if (objective.RefitsLeaves)
                tree.SetValue(leaves[l].Node, values[l]);
        }
        tree.Shrink(options.LearningRate);
        return tree.Build();
    }

    // Rows that the tree was not grown on.
    private void ScoreOthers(DecisionTree tree, int[] sampled, int output)
    {
        var seen = new bool[rows];
        foreach (int i in sampled)
            seen[i] = true;
        Workers.Run((rows + Block - 1) / Block, options.Threads, task =>
        {
            for (int i = task * Block; i < Math.Min(rows, (task + 1) * Block); i++)
                if (!seen[i])
                    raw[output * rows + i] += tree.Values[tree.Leaf(encoded.Row(i))];
        });
    }

    private double HeldOutLoss()
    {
        double loss = 0, weight = 0;
        foreach (int i in heldOut)
        {
            loss += objective.Weight(i) * objective.Loss(raw, i);
            weight += objective.Weight(i);
        }
        return loss / weight;
    }
}
