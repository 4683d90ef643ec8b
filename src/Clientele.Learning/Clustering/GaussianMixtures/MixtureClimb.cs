namespace Clientele.Learning;

/// <summary>Expectation and maximisation in turns, uphill from a start, over rows that are laid out once.</summary>
/// <param name="lanes">In the form of <see cref="MixtureRows"/>.</param>
internal sealed class MixtureClimb(double[] lanes, int rows, int columns, GaussianMixtureOptions options, int threads, CancellationToken cancel)
{
    private readonly bool diagonal = options.Covariance == MixtureCovariance.Diagonal;
    private readonly MixtureMoments total = new(options.Components, columns, options.Covariance == MixtureCovariance.Diagonal);
    private readonly MixtureMoments[] parts = [.. Enumerable.Range(0, MixtureRows.Blocks(rows))
        .Select(_ => new MixtureMoments(options.Components, columns, options.Covariance == MixtureCovariance.Diagonal))];

    /// <summary>The mixture whose components are these clusters.</summary>
    /// <param name="clusters">Centres that the rows are measured from, and the cluster of every row.</param>
    public GaussianMixtureModel Of((Matrix Centres, int[] Labels) clusters)
    {
        Step(MixtureDensity.About(clusters.Centres, diagonal), clusters.Labels);
        return total.Maximise(clusters.Centres, options.Covariance, options.Ridge);
    }

    /// <returns>Without labels.</returns>
    public GaussianMixtureFit Run(GaussianMixtureModel model)
    {
        double before = double.NegativeInfinity;
        for (int iteration = 1; ; iteration++)
        {
            Step(new(model), []);
            double mean = total.LogLikelihood / rows;
            model = total.Maximise(model.Means, options.Covariance, options.Ridge);
            bool converged = Math.Abs(mean - before) < options.Tolerance;
            if (converged || iteration == options.MaxIterations)
            {
                Step(new(model), []);
                return new(model, [], total.LogLikelihood, iteration, converged);
            }
            before = mean;
        }
    }

    // Blocks are merged in their own order, never in thread order.
    private void Step(MixtureDensity density, int[] labels)
    {
        cancel.ThrowIfCancellationRequested();
        Workers.Run(parts.Length, threads, block =>
        {
            int first = block * MixtureRows.Block, count = Math.Min(rows - first, MixtureRows.Block);
            MixturePass.Run(lanes.AsSpan(first * columns, MixtureRows.Length(count, columns)), count, density,
                labels.Length == 0 ? [] : labels.AsSpan(first, count), parts[block]);
        });
        total.Clear();
        foreach (var part in parts)
            total.Add(part);
    }
}
