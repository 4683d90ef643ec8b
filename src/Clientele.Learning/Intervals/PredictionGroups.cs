namespace Clientele.Learning;

/// <summary>Groups by size of prediction, for intervals that hold in every decile and not only on average.</summary>
/// <param name="Edges">Ascending, distinct; a prediction belongs to the group numbered by the edges at or below it.</param>
public sealed record PredictionGroups(IReadOnlyList<double> Edges)
{
    /// <param name="predicted">n ≥ 1, finite: predictions for the calibration rows.</param>
    /// <param name="groups">≥ 1; where predictions tie there are fewer.</param>
    public static PredictionGroups Fit(IReadOnlyList<double> predicted, int groups = 10)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentOutOfRangeException.ThrowIfLessThan(predicted.Count, 1, nameof(predicted));
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        double[] sorted = Pairs.Finite(predicted, 0);
        Array.Sort(sorted);
        return new([.. Enumerable.Range(1, groups - 1).Select(g => Columnwise.Quantile(sorted, g / (double)groups)).Distinct()]);
    }

    /// <summary>From 0, the smallest predictions; at most the number of edges.</summary>
    public int[] Of(IReadOnlyList<double> predicted)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        return [.. Pairs.Finite(predicted, 0).Select(value => Edges.Count(edge => edge <= value))];
    }
}
