namespace Clientele.Learning;

/// <summary>Divides rows into k clusters so that the squared distances to the clusters' means sum to as little as can be found.</summary>
public static class KMeans
{
    /// <param name="rows">n × d, finite.</param>
    /// <exception cref="NotFiniteException">A value is NaN or infinite; the message names row and column.</exception>
    /// <exception cref="ArgumentException">Fewer distinct rows than clusters, or an option is out of its range.</exception>
    public static KMeansFit Fit(
        Matrix rows, KMeansOptions options, IProgress<KMeansProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        NotFiniteException.Refuse(rows);
        options.Check(rows);
        var gate = new Lock();
        (int finished, double least) = (0, double.PositiveInfinity);
        var best = KMeansSearch.Thorough(rows, options, inertia =>
        {
            lock (gate)
                progress?.Report(new(++finished, options.Restarts, least = Math.Min(least, inertia)));
        }, cancel);
        if (best.Empty > 0)
            throw new ArgumentException($"{options.Clusters} clusters were asked for, but there are only {options.Clusters - best.Empty} distinct rows.", nameof(options));
        return new(new(options.Clusters, rows.Columns, best.Centres), best.Labels[..rows.Rows], best.Inertia, best.Iterations, best.Converged);
    }

    /// <summary>The nearest centre of every row. A row's answer does not depend on the rows beside it.</summary>
    /// <param name="rows">n × d, finite.</param>
    /// <param name="centres">k × d, in the same units.</param>
    public static Assignment Assign(Matrix rows, Matrix centres, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(centres);
        ArgumentOutOfRangeException.ThrowIfLessThan(centres.Rows, 1, nameof(centres));
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Columns, centres.Columns, nameof(rows));
        double[] table = NearestRows.Table(centres.Values, centres.Columns);
        var view = new RowView(rows);
        var labels = GC.AllocateUninitializedArray<int>(rows.Rows);
        var distances = GC.AllocateUninitializedArray<double>(rows.Rows);
        var seconds = GC.AllocateUninitializedArray<int>(rows.Rows);
        Workers.Run(Blocks.Count(rows.Rows), threads, block =>
        {
            int first = Blocks.First(block), count = Blocks.End(block, rows.Rows) - first;
            var squared = distances.AsSpan(first, count);
            NearestRows.Run(view, table, first, first + count, labels.AsSpan(first), squared, seconds.AsSpan(first));
            foreach (ref double distance in squared)
                distance = Math.Sqrt(distance);
        });
        // A value that is no number has no distance to any centre: only then is it worth looking for.
        if (distances.AsSpan().Contains(double.PositiveInfinity))
            NotFiniteException.Refuse(rows);
        return new(labels, distances, seconds);
    }
}
