namespace Clientele.Learning;

public sealed record PairedComparisonOptions
{
    /// <summary>Bootstrap samples, ≥ 100.</summary>
    public int Resamples { get; init; } = 2_000;
    /// <summary>Of the interval, above 0, below 1.</summary>
    public double Confidence { get; init; } = .95;
    public ulong Seed { get; init; } = 42;
    /// <summary>At most this many threads; 0: all cores. Not seen in the result.</summary>
    public int Threads { get; init; }
}

/// <param name="Difference">Figure of the second model − figure of the first, on all rows.</param>
/// <param name="Lower">Lower end of the confidence interval of the difference.</param>
/// <param name="Upper">Upper end. An interval that holds 0: the rows do not tell the models apart.</param>
/// <param name="BelowZero">Share of resamples in which the second model's figure is the smaller, ties half.</param>
/// <param name="Blocks">Independent units that were drawn: customers.</param>
public sealed record PairedDifference(double Difference, double Lower, double Upper, double BelowZero, int Blocks);

/// <summary>
/// Is one model better than another, or was it luck? Both are judged on the same customers, drawn again with replacement; the percentile interval of the
/// difference. Source: Efron &amp; Tibshirani (1993), An Introduction to the Bootstrap, ch. 13.
/// </summary>
public static class PairedComparison
{
    /// <summary>Of mean losses.</summary>
    /// <param name="first">n losses of the first model.</param>
    /// <param name="second">n losses of the second, of the same rows.</param>
    /// <param name="blocks">
    /// n, which rows belong together and are drawn together: the customer, where several origins score the same one. Null: every row by itself.
    /// </param>
    public static PairedDifference OfMeans(
        IReadOnlyList<double> first, IReadOnlyList<double> second, IReadOnlyList<int>? blocks = null, PairedComparisonOptions? options = null,
        CancellationToken cancel = default) => OfMeans(first, [second], blocks, options, cancel)[0];

    /// <summary>Of mean losses, one model against several: the same answers as one by one, but everybody is drawn once for all.</summary>
    /// <param name="seconds">n losses of each of the others.</param>
    /// <inheritdoc cref="OfMeans(IReadOnlyList{double}, IReadOnlyList{double}, IReadOnlyList{int}?, PairedComparisonOptions?, CancellationToken)"/>
    public static IReadOnlyList<PairedDifference> OfMeans(
        IReadOnlyList<double> first, IReadOnlyList<IReadOnlyList<double>> seconds, IReadOnlyList<int>? blocks = null, PairedComparisonOptions? options = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(seconds);
        int others = seconds.Count;
        if (others == 0)
            return [];
        int[][] members = Members(first.Count, blocks);
        // A mean needs each block's sums and size alone; those of all others stand side by side.
        double[] sums = new double[members.Length * others];
        for (int k = 0; k < others; k++)
        {
            var (a, b) = Pairs.Of(first, seconds[k]);
            for (int block = 0; block < members.Length; block++)
                sums[block * others + k] = members[block].Sum(row => b[row] - a[row]);
        }
        return Of(members.Length, others, (drawn, means) =>
        {
            double rows = 0;
            means.Clear();
            foreach (int block in drawn)
            {
                rows += members[block].Length;
                var own = sums.AsSpan(block * others, others);
                for (int k = 0; k < own.Length; k++)
                    means[k] += own[k];
            }
            for (int k = 0; k < others; k++)
                means[k] /= rows;
        }, options ?? new(), cancel);
    }

    /// <summary>Of any figure.</summary>
    /// <param name="rows">n ≥ 1.</param>
    /// <param name="difference">Figure of the second − figure of the first model over the rows given, some of them several times. Pure; called from several threads.</param>
    /// <param name="blocks">As for the means.</param>
    public static PairedDifference Of(
        int rows, Func<int[], double> difference, IReadOnlyList<int>? blocks = null, PairedComparisonOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(difference);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        int[][] members = Members(rows, blocks);
        return Of(members.Length, 1, (drawn, figure) => figure[0] = difference([.. drawn.SelectMany(block => members[block])]), options ?? new(), cancel)[0];
    }

    /// <summary>Of any figure that counts each unit a number of times: cheaper than listing rows over and over.</summary>
    /// <param name="blocks">Units that are drawn, ≥ 1.</param>
    /// <param name="difference">Figure of the second − figure of the first model, given how often each unit counts. Pure; called from several threads.</param>
    public static PairedDifference OfWeights(int blocks, Func<int[], double> difference, PairedComparisonOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(difference);
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks, 1);
        return Of(blocks, 1, (drawn, figure) =>
        {
            var weights = new int[blocks];
            foreach (int block in drawn)
                weights[block]++;
            figure[0] = difference(weights);
        }, options ?? new(), cancel)[0];
    }

    private static int[][] Members(int rows, IReadOnlyList<int>? blocks)
    {
        if (blocks is not null && blocks.Count != rows)
            throw new ArgumentException($"{blocks.Count} blocks were given for {rows} rows.", nameof(blocks));
        return [.. Enumerable.Range(0, rows).GroupBy(row => blocks is null ? row : blocks[row]).Select(block => block.ToArray())];
    }

    private delegate void Differences(int[] drawn, Span<double> figures);

    /// <param name="count">Figures that are told at once.</param>
    /// <param name="differences">Of the blocks given.</param>
    private static PairedDifference[] Of(int blocks, int count, Differences differences, PairedComparisonOptions options, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Resamples, 100, nameof(options));
        if (!(options.Confidence is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(options), options.Confidence, "The confidence must be between 0 and 1.");
        var resampled = new Matrix(options.Resamples, count);
        Workers.Run(options.Resamples, options.Threads, sample =>
        {
            var random = new RandomStream(options.Seed, sample);
            var drawn = new int[blocks];
            for (int i = 0; i < drawn.Length; i++)
                drawn[i] = random.Below(blocks);
            differences(drawn, resampled.Row(sample));
        }, cancel);
        double[] whole = new double[count];
        differences([.. Enumerable.Range(0, blocks)], whole);
        double tail = (1 - options.Confidence) / 2;
        return [.. whole.Select((difference, k) =>
        {
            double[] figures = resampled.Column(k);
            Array.Sort(figures);
            return new PairedDifference(
                difference, Columnwise.Quantile(figures, tail), Columnwise.Quantile(figures, 1 - tail), figures.Average(value => value < 0 ? 1 : value == 0 ? .5 : 0), blocks);
        })];
    }
}
