namespace Clientele.Learning;

/// <summary>
/// Quantiles of the targets that lie with a row in the leaves of a forest: each tree spreads a weight of 1 over its leaf's members; the quantile is the
/// smallest target whose weights, with all below, make up the level. Source: Meinshausen (2006), J. Machine Learning Research 7, §3.
/// </summary>
internal sealed class ForestQuantiles(IReadOnlyList<DecisionTree> trees, LeafTargets targets)
{
    private const int Block = 1_024;
    /// <summary>Targets under one sum: the search takes big steps first.</summary>
    private const int Stride = 256;
    /// <summary>Of a tree's weight: sums that fall short of a level by rounding have reached it.</summary>
    private const double Rounding = 1e-12;

    /// <param name="rows">With codes for categories.</param>
    /// <param name="levels">Each between 0 and 1.</param>
    /// <returns>n × levels.</returns>
    public Matrix Score(Matrix rows, IReadOnlyList<double> levels, int threads, CancellationToken cancel)
    {
        var quantiles = new Matrix(rows.Rows, levels.Count);
        Workers.Run((rows.Rows + Block - 1) / Block, threads, task =>
        {
            double[] weights = new double[targets.Sorted.Length], sums = new double[weights.Length / Stride + 1];
            int[] leaves = new int[trees.Count];
            for (int i = task * Block; i < Math.Min(rows.Rows, (task + 1) * Block); i++)
            {
                var row = rows.Row(i);
                for (int t = 0; t < leaves.Length; t++)
                    Spread(t, leaves[t] = trees[t].Leaf(row), weights, sums);
                for (int l = 0; l < levels.Count; l++)
                    quantiles[i, l] = targets.Sorted[Place((levels[l] - Rounding) * trees.Count, weights, sums)];
                for (int t = 0; t < leaves.Length; t++)
                    foreach (int place in Members(t, leaves[t]))
                        (weights[place], sums[place / Stride]) = (0, 0);
            }
        }, cancel);
        return quantiles;
    }

    private ReadOnlySpan<int> Members(int tree, int leaf) => targets.Trees[tree].Places.AsSpan(targets.Trees[tree].Begins[leaf]..targets.Trees[tree].Begins[leaf + 1]);

    private void Spread(int tree, int leaf, double[] weights, double[] sums)
    {
        var of = targets.Trees[tree];
        for (int m = of.Begins[leaf]; m < of.Begins[leaf + 1]; m++)
        {
            weights[of.Places[m]] += of.Shares[m];
            sums[of.Places[m] / Stride] += of.Shares[m];
        }
    }

    // The first target at which the weights reach what is sought; where rounding keeps them from it, the last that has a weight.
    private static int Place(double sought, double[] weights, double[] sums)
    {
        double before = 0;
        int stride = 0, last = 0;
        while (stride < sums.Length - 1 && before + sums[stride] < sought)
            before += sums[stride++];
        for (int i = stride * Stride; i < Math.Min(weights.Length, (stride + 1) * Stride) && before < sought; i++)
            if (weights[i] > 0)
                (before, last) = (before + weights[i], i);
        return last;
    }
}
