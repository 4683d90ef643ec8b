namespace Clientele.Learning;

/// <summary>k-means for numbers and categories together: assigns and averages in turn, with modes for the categories. Source: Huang (1998).</summary>
public static class KPrototypes
{
    /// <param name="rows">n × d, finite; categorical columns hold codes.</param>
    /// <exception cref="NotFiniteException">A value is NaN or infinite; the message names row and column.</exception>
    /// <exception cref="ArgumentException">Fewer distinct rows than clusters, or an option is out of its range.</exception>
    public static KPrototypesFit Fit(
        Matrix rows, KPrototypesOptions options, IProgress<KPrototypesProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        NotFiniteException.Refuse(rows);
        options.Check(rows);
        int[] categorical = [.. options.Categorical.Order()];
        double gamma = options.Gamma ?? MixedDistance.DefaultGamma(rows, categorical);
        var distance = new MixedDistance(rows.Columns, categorical, gamma);
        var fits = new KPrototypesFit[options.Clusters == 1 ? 1 : options.Restarts];
        var gate = new Lock();
        (int finished, double least) = (0, double.PositiveInfinity);
        Workers.Run(fits.Length, options.Threads, start =>
        {
            var settling = new PrototypeSettling(rows, distance, options.Clusters, new(options.Seed, start));
            var (prototypes, labels, cost, iterations, converged) = settling.Run(options.MaxIterations, cancel);
            fits[start] = new(new(categorical, gamma, prototypes), labels, cost, iterations, converged);
            lock (gate)
                progress?.Report(new(++finished, fits.Length, least = Math.Min(least, cost)));
        }, cancel);
        return fits.MinBy(fit => fit.Cost)!;
    }
}
