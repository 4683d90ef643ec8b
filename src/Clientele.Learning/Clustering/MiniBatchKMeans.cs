namespace Clientele.Learning;

/// <param name="Centres">k × d: each the mean of all rows it was given so far.</param>
/// <param name="Seen">How many rows that are, one number per centre.</param>
public sealed record MiniBatchState(Matrix Centres, IReadOnlyList<double> Seen);

/// <summary>
/// k-means for rows that come in batches and are not kept: every batch is assigned to the centres as they stand, then each centre moves to the mean of all
/// rows it was ever given, so with a step of 1/count. Source: Sculley (2010), "Web-scale k-means clustering", WWW.
/// </summary>
public static class MiniBatchKMeans
{
    /// <summary>Centres of the first batch.</summary>
    /// <param name="rows">n × d, finite, at least k distinct.</param>
    /// <param name="options">As for <see cref="KMeans.Fit"/>, but without weights.</param>
    /// <exception cref="NotFiniteException">A value is NaN or infinite; the message names row and column.</exception>
    /// <exception cref="ArgumentException">Weights were given, or <see cref="KMeans.Fit"/> refuses the rows.</exception>
    public static MiniBatchState Start(Matrix rows, KMeansOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Weights is not null)
            throw new ArgumentException("Batches carry no weights.", nameof(options));
        var fit = KMeans.Fit(rows, options, cancel: cancel);
        var seen = new double[options.Clusters];
        foreach (int label in fit.Labels)
            seen[label]++;
        return new(fit.Centres, seen);
    }

    /// <param name="rows">The next batch: any number of rows, in the units of the first.</param>
    /// <returns>A new state; the given one stays as it was.</returns>
    /// <exception cref="NotFiniteException">A value is NaN or infinite; the message names row and column.</exception>
    public static MiniBatchState Learn(MiniBatchState state, Matrix rows, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(state);
        var labels = KMeans.Labels(rows, state.Centres, threads);
        var sums = new CentreSums(state.Centres.Rows, state.Centres.Columns);
        for (int i = 0; i < rows.Rows; i++)
            sums.Add(rows.Row(i), 1, labels[i]);
        double[] seen = [.. state.Seen], centres = [.. state.Centres.Values];
        for (int c = 0; c < seen.Length; c++)
            seen[c] += sums.Counts[c];
        for (int i = 0; i < centres.Length; i++)
        {
            int c = i / state.Centres.Columns;
            centres[i] += (sums.Sums[i] - sums.Counts[c] * centres[i]) / seen[c];
        }
        return new(new(state.Centres.Rows, state.Centres.Columns, centres), seen);
    }
}
