namespace Clientele.Learning;

/// <summary>Divides rows into k clusters so that the squared distances to the clusters' means sum to as little as can be found.</summary>
public static class KMeans
{
    // To lay the centres out costs more than to compare so few rows with them as they lie.
    private const int Few = 4;

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

    /// <summary>The nearest centre of every row, its distance, and the next nearest. A row's answer does not depend on the rows beside it.</summary>
    /// <param name="rows">n × d, finite.</param>
    /// <param name="centres">k × d, in the same units, finite.</param>
    /// <exception cref="NotFiniteException">A value is NaN or infinite; the message names row and column.</exception>
    public static Assignment Assign(Matrix rows, Matrix centres, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var labels = GC.AllocateUninitializedArray<int>(rows.Rows);
        var distances = GC.AllocateUninitializedArray<double>(rows.Rows);
        var seconds = GC.AllocateUninitializedArray<int>(rows.Rows);
        Assign(rows, centres, labels, distances, seconds, threads);
        return new(labels, distances, seconds);
    }

    /// <summary>The same into memory of the caller's, who may use it again: fresh pages cost more than the labels.</summary>
    /// <param name="labels">Out: one per row.</param>
    /// <param name="distances">Out: one per row.</param>
    /// <param name="seconds">Out: one per row.</param>
    /// <inheritdoc cref="Assign(Matrix, Matrix, int)"/>
    public static void Assign(Matrix rows, Matrix centres, Memory<int> labels, Memory<double> distances, Memory<int> seconds, int threads = 0)
    {
        Check(rows, centres);
        ArgumentOutOfRangeException.ThrowIfNotEqual(labels.Length, rows.Rows, nameof(labels));
        ArgumentOutOfRangeException.ThrowIfNotEqual(distances.Length, rows.Rows, nameof(distances));
        ArgumentOutOfRangeException.ThrowIfNotEqual(seconds.Length, rows.Rows, nameof(seconds));
        if (rows.Rows <= Few)
            AssignFew(rows, centres, labels.Span, distances.Span, seconds.Span);
        else
            AssignMany(rows, centres, labels, distances, seconds, threads);
    }

    private static void AssignFew(Matrix rows, Matrix centres, Span<int> labels, Span<double> distances, Span<int> seconds)
    {
        NotFiniteException.Refuse(rows);
        for (int i = 0; i < rows.Rows; i++)
        {
            (double least, double next) = (double.PositiveInfinity, double.PositiveInfinity);
            (int label, int second) = (0, 0);
            for (int c = 0; c < centres.Rows; c++)
            {
                double squared = LaneRows.SquaredDistance(rows.Row(i), centres.Row(c));
                if (squared < least)
                    (next, second, least, label) = (least, label, squared, c);
                else if (squared < next)
                    (next, second) = (squared, c);
            }
            (labels[i], seconds[i], distances[i]) = (label, second, Math.Sqrt(NearestCentres.Squared(rows.Row(i), centres.Row(label))));
        }
    }

    private static void AssignMany(Matrix rows, Matrix centres, Memory<int> labels, Memory<double> distances, Memory<int> seconds, int threads)
    {
        var nearest = Placed(centres);
        var view = new RowView(rows);
        RefuseUnless(rows, threads, (first, end) =>
        {
            var own = labels.Span[first..end];
            var far = distances.Span[first..end];
            bool finite = nearest.LabelTwo(view, first, end, own, seconds.Span[first..end]);
            for (int i = 0; i < own.Length; i++)
                far[i] = Math.Sqrt(NearestCentres.Squared(view.Row(first + i), centres.Row(own[i])));
            return finite;
        });
    }

    /// <summary>The nearest centre of every row, and nothing else: faster than <see cref="Assign(Matrix, Matrix, int)"/>.</summary>
    /// <inheritdoc cref="Assign(Matrix, Matrix, int)"/>
    public static IReadOnlyList<int> Labels(Matrix rows, Matrix centres, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var labels = GC.AllocateUninitializedArray<int>(rows.Rows);
        Labels(rows, centres, labels, threads);
        return labels;
    }

    /// <summary>The same into memory of the caller's, who may use it again: fresh pages cost more than the labels.</summary>
    /// <param name="labels">Out: one per row.</param>
    /// <inheritdoc cref="Assign(Matrix, Matrix, int)"/>
    public static void Labels(Matrix rows, Matrix centres, Memory<int> labels, int threads = 0)
    {
        Check(rows, centres);
        var nearest = Placed(centres);
        ArgumentOutOfRangeException.ThrowIfNotEqual(labels.Length, rows.Rows, nameof(labels));
        var view = new RowView(rows);
        RefuseUnless(rows, threads, (first, end) => nearest.Label(view, first, end, labels.Span[first..end]));
    }

    /// <summary>Of rows in single precision, half the memory to read: the labels of the same values in double.</summary>
    /// <param name="rows">n × d, row-major, finite.</param>
    /// <inheritdoc cref="Labels(Matrix, Matrix, Memory{int}, int)"/>
    public static void Labels(ReadOnlyMemory<float> rows, Matrix centres, Memory<int> labels, int threads = 0)
    {
        Check(centres);
        var nearest = Placed(centres);
        if (rows.Length != (long)labels.Length * centres.Columns)
            throw new ArgumentException($"{rows.Length} values do not make {labels.Length} × {centres.Columns}.", nameof(rows));
        if (!AllFinite(labels.Length, threads, (first, end) => nearest.Label(rows.Span, first, end, labels.Span[first..end])))
            NotFiniteException.Refuse(rows.Span, centres.Columns);
    }

    private static void Check(Matrix rows, Matrix centres)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Check(centres);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Columns, centres.Columns, nameof(rows));
    }

    private static void Check(Matrix centres)
    {
        ArgumentNullException.ThrowIfNull(centres);
        ArgumentOutOfRangeException.ThrowIfLessThan(centres.Rows, 1, nameof(centres));
        NotFiniteException.Refuse(centres);
    }

    private static NearestCentres Placed(Matrix centres)
    {
        var nearest = new NearestCentres(centres.Rows, centres.Columns);
        nearest.Place(centres.Values);
        return nearest;
    }

    // Whether all values are finite shows on the way; only where not is it worth looking which.
    private static void RefuseUnless(Matrix rows, int threads, Func<int, int, bool> finite)
    {
        if (!AllFinite(rows.Rows, threads, finite))
            NotFiniteException.Refuse(rows);
    }

    private static bool AllFinite(int rows, int threads, Func<int, int, bool> finite)
    {
        bool all = true;
        Workers.Run(Blocks.Count(rows), threads, block =>
        {
            if (!finite(Blocks.First(block), Blocks.End(block, rows)))
                Volatile.Write(ref all, false);
        });
        return all;
    }
}
