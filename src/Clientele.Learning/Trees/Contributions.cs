namespace Clientele.Learning;

/// <summary>What each column adds to each prediction.</summary>
/// <param name="Base">Per output: the mean raw score, weighted as the training rows were.</param>
/// <param name="Values">Per output n × d; a row's values and the base add up to its raw score.</param>
public sealed record TreeContributions(IReadOnlyList<double> Base, IReadOnlyList<Matrix> Values);

/// <summary>
/// Exact Shapley values of trees: a column's contribution is its mean effect over all orders in which the columns become known; what is not known
/// yet is averaged over the training rows that came by each node. Raw scores add up, so behind a log or logit link they multiply odds or means.
/// Source: Lundberg et al. (2020), Nature Machine Intelligence 2, "path-dependent"; computed as docs/learning/contributions.md says.
/// </summary>
public static class Contributions
{
    private const int Block = 256;

    /// <summary>Of the raw scores.</summary>
    /// <param name="rows">n × the columns it was fitted on; NaN is missing.</param>
    public static TreeContributions Of(BoostingModel model, Matrix rows, int threads = 0, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        ContributionTree[] trees = [.. model.Trees.Select(tree => new ContributionTree(tree, 0))];
        return Of(trees, [.. model.Start], CategoryCodes.Encode(rows, model.Categories), scale: 1, threads, cancel);
    }

    /// <summary>Of the mean, of the probability of yes, or of every class.</summary>
    /// <param name="rows">n × the columns it was fitted on; NaN is missing.</param>
    /// <exception cref="InvalidOperationException">A forest of quantiles: a quantile is no sum over trees.</exception>
    public static TreeContributions Of(RandomForestModel model, Matrix rows, int threads = 0, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        if (model.Loss.Kind == TreeLossKind.Quantile)
            throw new InvalidOperationException(
                "A forest's quantile is no sum over its trees, so it has no contributions. Explain the mean (model with { Loss = TreeLoss.Squared }), or a booster of the quantile loss.");
        ContributionTree[] trees = [.. model.Trees.SelectMany(tree => Enumerable.Range(0, tree.Outputs).Select(output => new ContributionTree(tree, output)))];
        return Of(trees, new double[model.Outputs], CategoryCodes.Encode(rows, model.Categories), 1.0 / model.Trees.Count, threads, cancel);
    }

    // Tree t belongs to output t mod outputs.
    private static TreeContributions Of(ContributionTree[] trees, double[] start, Matrix rows, double scale, int threads, CancellationToken cancel)
    {
        Matrix[] values = [.. start.Select(_ => new Matrix(rows.Rows, rows.Columns))];
        double[] bases = [.. start];
        for (int t = 0; t < trees.Length; t++)
            bases[t % bases.Length] += trees[t].Mean * scale;
        Workers.Run((rows.Rows + Block - 1) / Block, threads, task =>
        {
            int first = task * Block;
            var pass = new ContributionPass(rows.Columns, trees.Max(tree => tree.Depth), trees.Max(tree => tree.Points), Block / ContributionPass.Rows);
            pass.Load(rows, first, Math.Min(rows.Rows, first + Block));
            for (int output = 0; output < start.Length; output++)
            {
                pass.Clear();
                for (int t = output; t < trees.Length; t += start.Length)
                    pass.Add(trees[t]);
                pass.Store(values[output], first, scale);
            }
        }, cancel);
        return new(bases, values);
    }
}
