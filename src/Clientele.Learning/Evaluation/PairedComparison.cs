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
        CancellationToken cancel = default)
    {
        var (a, b) = Pairs.Of(first, second);
        int[][] members = Members(a.Length, blocks);
        // A mean needs each block's sum and size alone.
        double[] sums = [.. members.Select(rows => rows.Sum(row => b[row] - a[row]))];
        return Of(members.Length, drawn =>
        {
            double sum = 0, rows = 0;
            foreach (int block in drawn)
                (sum, rows) = (sum + sums[block], rows + members[block].Length);
            return sum / rows;
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
        return Of(members.Length, drawn => difference([.. drawn.SelectMany(block => members[block])]), options ?? new(), cancel);
    }

    /// <summary>Of any figure that counts each unit a number of times: cheaper than listing rows over and over.</summary>
    /// <param name="blocks">Units that are drawn, ≥ 1.</param>
    /// <param name="difference">Figure of the second − figure of the first model, given how often each unit counts. Pure; called from several threads.</param>
    public static PairedDifference OfWeights(int blocks, Func<int[], double> difference, PairedComparisonOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(difference);
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks, 1);
        return Of(blocks, drawn =>
        {
            var weights = new int[blocks];
            foreach (int block in drawn)
                weights[block]++;
            return difference(weights);
        }, options ?? new(), cancel);
    }

    private static int[][] Members(int rows, IReadOnlyList<int>? blocks)
    {
        if (blocks is not null && blocks.Count != rows)
            throw new ArgumentException($"{blocks.Count} blocks were given for {rows} rows.", nameof(blocks));
        return [.. Enumerable.Range(0, rows).GroupBy(row => blocks is null ? row : blocks[row]).Select(block => block.ToArray())];
    }

    /// <param name="difference">Of the blocks given.</param>
    private static PairedDifference Of(int blocks, Func<int[], double> difference, PairedComparisonOptions options, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Resamples, 100, nameof(options));
        if (!(options.Confidence is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(options), options.Confidence, "The confidence must be between 0 and 1.");
        var figures = new double[options.Resamples];
        Workers.Run(figures.Length, options.Threads, sample =>
        {
            var random = new RandomStream(options.Seed, sample);
            var drawn = new int[blocks];
            for (int i = 0; i < drawn.Length; i++)
                drawn[i] = random.Below(blocks);
            figures[sample] = difference(drawn);
        }, cancel);
        Array.Sort(figures);
        double tail = (1 - options.Confidence) / 2;
        return new(
            difference([.. Enumerable.Range(0, blocks)]), Columnwise.Quantile(figures, tail), Columnwise.Quantile(figures, 1 - tail),
            figures.Average(value => value < 0 ? 1 : value == 0 ? .5 : 0), blocks);
    }
}
