namespace Clientele.Learning;

/// <summary>Divides rows into k clusters, each around one of its own rows, so that the distances to these medoids sum to as little as can be found.</summary>
public static class KMedoids
{
    /// <param name="rows">n × d, finite.</param>
    /// <exception cref="NotFiniteException">A value is NaN or infinite; the message names row and column.</exception>
    /// <exception cref="ArgumentException">Fewer distinct rows than clusters, or an option is out of its range.</exception>
    public static KMedoidsFit Fit(Matrix rows, KMedoidsOptions options, IProgress<KMedoidsProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        NotFiniteException.Refuse(rows);
        options.Check(rows);
        int starts = options.Clusters == 1 && rows.Rows <= options.SampleRows ? 1 : options.Restarts;
        var fits = new KMedoidsFit[starts];
        var gate = new Lock();
        (int finished, double least) = (0, double.PositiveInfinity);
        Workers.Run(starts, options.Threads, start =>
        {
            fits[start] = Once(rows, options, new(options.Seed, start), cancel);
            lock (gate)
                progress?.Report(new(++finished, starts, least = Math.Min(least, fits[start].Loss)));
        }, cancel);
        return fits.MinBy(fit => fit.Loss)!;
    }

    private static KMedoidsFit Once(Matrix rows, KMedoidsOptions options, RandomStream random, CancellationToken cancel)
    {
        int[] sample = random.Sample(rows.Rows, options.SampleRows);
        var distances = new RowDistances(sample.Length == rows.Rows ? rows : rows.Take(sample), options.Distance);
        int[] medoids = Seeds(distances, options.Clusters, random);
        bool converged = true;
        if (medoids.Length == 1)
            medoids = [MedoidSwaps.Only(distances, cancel)];
        else
            converged = MedoidSwaps.Run(distances, medoids, options.MaxRounds, cancel);
        int[] chosen = [.. medoids.Select(medoid => sample[medoid])];
        var model = new MedoidModel(options.Distance, rows.Take(chosen));
        var assigned = model.Assign(rows, threads: 1);
        double loss = 0;
        foreach (double distance in assigned.Distances)
            loss += distance;
        return new(model, chosen, assigned.Labels, loss, converged);
    }

    // The first row by chance, each next one with a probability in proportion to its distance from those chosen.
    private static int[] Seeds(RowDistances distances, int clusters, RandomStream random)
    {
        var (closest, to) = (new double[distances.Length], new double[distances.Length]);
        Array.Fill(closest, double.PositiveInfinity);
        var medoids = new int[clusters];
        medoids[0] = random.Below(distances.Rows);
        for (int m = 1; m < clusters; m++)
        {
            distances.From(medoids[m - 1], to);
            double total = 0;
            for (int i = 0; i < distances.Rows; i++)
                total += closest[i] = Math.Min(closest[i], to[i]);
            if (total == 0)
                throw new ArgumentException($"{clusters} clusters were asked for, but there are only {m} distinct rows.", nameof(clusters));
            double draw = random.Unit() * total;
            int row = -1;
            for (int i = 0; i < distances.Rows && draw >= 0; i++)
                if (closest[i] > 0)
                {
                    draw -= closest[i];
                    row = i;
                }
            medoids[m] = row;
        }
        return medoids;
    }
}
