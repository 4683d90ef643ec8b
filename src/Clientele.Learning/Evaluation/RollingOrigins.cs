namespace Clientele.Learning;

/// <param name="Cutoff">What lies on or before it was known; the target is what follows.</param>
/// <param name="TrainedOn">The cut-offs whose target was complete at this one, ascending.</param>
public sealed record OriginResult<TModel, TResult>(DateOnly Cutoff, IReadOnlyList<DateOnly> TrainedOn, TModel Model, TResult Result);

/// <param name="Mean">Over origins.</param>
/// <param name="Deviation">Sample standard deviation over origins; null of fewer than two.</param>
/// <param name="Least">Of all origins.</param>
/// <param name="Most">Of all origins.</param>
public sealed record OriginSpread(double Mean, double? Deviation, double Least, double Most);

/// <summary>
/// Back-testing over time: at every cut-off a model learns from earlier cut-offs whose target was complete by then, and is judged on what came after.
/// A random split of customers at one cut-off does not test that. Source: Tashman (2000), International Journal of Forecasting 16(4).
/// </summary>
public static class RollingOrigins
{
    /// <param name="cutoffs">Distinct; in any order.</param>
    /// <param name="horizonDays">Length of the target, ≥ 1: cut-off c has it complete at c + horizon.</param>
    /// <param name="fit">Cut-offs to learn from, ascending → model.</param>
    /// <param name="judge">Model, cut-off to be judged at → result.</param>
    /// <param name="leastOrigins">A cut-off with fewer to learn from is passed over; ≥ 1, or 0 for models that learn from what precedes the cut-off itself.</param>
    /// <returns>Ascending.</returns>
    public static IReadOnlyList<OriginResult<TModel, TResult>> Run<TModel, TResult>(
        IReadOnlyList<DateOnly> cutoffs, int horizonDays, Func<IReadOnlyList<DateOnly>, TModel> fit, Func<TModel, DateOnly, TResult> judge,
        int leastOrigins = 1, IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(cutoffs);
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(judge);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizonDays, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(leastOrigins);
        DateOnly[] ascending = [.. cutoffs.Order()];
        if (ascending.Distinct().Count() != ascending.Length)
            throw new ArgumentException("A cut-off is given twice.", nameof(cutoffs));
        var results = new List<OriginResult<TModel, TResult>>();
        foreach (var cutoff in ascending)
        {
            cancel.ThrowIfCancellationRequested();
            DateOnly[] complete = [.. ascending.Where(earlier => earlier.DayNumber + (long)horizonDays <= cutoff.DayNumber)];
            if (complete.Length < leastOrigins)
                continue;
            var model = fit(complete);
            results.Add(new(cutoff, complete, model, judge(model, cutoff)));
            progress?.Report(results.Count);
        }
        return results;
    }

    /// <summary>One figure over origins: an average without its spread says little about the next one.</summary>
    /// <param name="figures">One per origin, at least one, finite.</param>
    public static OriginSpread Spread(IReadOnlyList<double> figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentOutOfRangeException.ThrowIfLessThan(figures.Count, 1, nameof(figures));
        double[] values = Pairs.Finite(figures, 0);
        var (mean, deviation) = Columnwise.Moments(values);
        return new(mean, values.Length < 2 ? null : deviation * Math.Sqrt(values.Length / (values.Length - 1.0)), values.Min(), values.Max());
    }
}
