namespace Clientele.Learning;

/// <summary>Threads assign rows; the tree is grown by one.</summary>
public sealed record WardOptions : GroupingOptions
{
    /// <summary>Of more rows than this, the tree is grown on a seeded sample of this many.</summary>
    public int SampleRows { get; init; } = 5_000;

    internal override void Check(Matrix rows)
    {
        base.Check(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(SampleRows, Clusters, nameof(SampleRows));
    }
}

/// <param name="Model">The means of the clusters of the sample.</param>
/// <param name="Labels">Rows of the sample: their branch of the tree. Other rows: the nearest centre.</param>
/// <param name="Tree">Of the sample.</param>
/// <param name="Sample">Rows of the tree, ascending.</param>
public sealed record WardFit(CentreModel Model, IReadOnlyList<int> Labels, WardTree Tree, IReadOnlyList<int> Sample);

/// <param name="Merged">Merges done, of <paramref name="Merges"/>: one fewer than rows of the tree. Told at every hundredth.</param>
public sealed record WardProgress(int Merged, int Merges);

/// <summary>Merges rows step by step, each time so that Σ‖x−c‖² grows least. Source: Ward (1963), JASA 58.</summary>
public static class Ward
{
    /// <param name="rows">n × d, finite.</param>
    /// <exception cref="NotFiniteException">A value is NaN or infinite; the message names row and column.</exception>
    public static WardFit Fit(Matrix rows, WardOptions options, IProgress<WardProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        NotFiniteException.Refuse(rows);
        options.Check(rows);
        int[] sample = new RandomStream(options.Seed, 0).Sample(rows.Rows, options.SampleRows);
        var chosen = rows.Take(sample);
        var tree = WardChain.Run(chosen, progress, cancel);
        int[] branches = tree.Cut(options.Clusters);
        var model = new CentreModel(Means(chosen, branches, options.Clusters));
        int[] labels = sample.Length == rows.Rows ? branches : [.. model.Assign(rows, options.Threads).Labels];
        for (int i = 0; i < sample.Length; i++)
            labels[sample[i]] = branches[i];
        return new(model, labels, tree, sample);
    }

    /// <summary>The tree of all rows.</summary>
    /// <param name="rows">n × d, finite, n ≥ 1.</param>
    public static WardTree Grow(Matrix rows, IProgress<WardProgress>? progress = null, CancellationToken cancel = default)
    {
        NotFiniteException.Refuse(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Rows, 1, nameof(rows));
        return WardChain.Run(rows, progress, cancel);
    }

    private static Matrix Means(Matrix rows, int[] labels, int clusters)
    {
        var means = new Matrix(clusters, rows.Columns);
        var counts = new int[clusters];
        for (int i = 0; i < rows.Rows; i++)
        {
            counts[labels[i]]++;
            for (int j = 0; j < rows.Columns; j++)
                means[labels[i], j] += rows[i, j];
        }
        for (int c = 0; c < clusters; c++)
            foreach (ref double value in means.Row(c))
                value /= counts[c];
        return means;
    }
}
