namespace Clientele.Learning;

public sealed record ZeroInflatedLogNormalOptions
{
    /// <summary>λ ≥ 0 in Σ loss + ½·λ·‖β‖² over the coefficients of all three predictors, per standard deviation of the column; intercepts are free. 0: plain maximum likelihood.</summary>
    public double Penalty { get; init; } = 1;
    /// <summary>Scoring steps, ≥ 1.</summary>
    public int MaxIterations { get; init; } = 500;
    /// <summary>At most this many threads; 0: all cores. Not seen in the result.</summary>
    public int Threads { get; init; }
}

/// <param name="Location">One per column: change of μ, the mean of ln amount, per standard deviation of the column among the rows with spend.</param>
/// <param name="Spread">The same of s, σ = ln(1 + eˢ).</param>
/// <param name="AmountAliased">Columns (from 0, ascending) without a word of their own on amounts: coefficients 0.</param>
/// <param name="Loss">Weighted mean of −ln p(y) over the training rows.</param>
/// <param name="Converged">Both parts.</param>
public sealed record ZeroInflatedLogNormalFit(
    SpendModel Model, LogisticFit Purchase, IReadOnlyList<double> Location, IReadOnlyList<double> Spread, IReadOnlyList<int> AmountAliased, double Loss,
    int Iterations, bool Converged);

/// <summary>
/// Spend as a share of zeros and a lognormal whose mean <i>and</i> deviation move with the row, all three from linear predictors, by maximum likelihood.
/// Source: Wang, Liu &amp; Miao (2019), arXiv:1912.07753, eq. 3–5, with linear predictors in place of the network.
/// </summary>
/// <remarks>Expected spend holds exp(σ²/2): a spread carried far beyond the training rows makes it explode. Medians do not.</remarks>
public static class ZeroInflatedLogNormal
{
    /// <param name="rows">n × d, finite.</param>
    /// <param name="targets">n, finite, ≥ 0; some 0, some above.</param>
    /// <param name="weights">n, ≥ 0; null: 1 each. Weight 2 is the row twice.</param>
    /// <exception cref="NotFiniteException">Names row and column; the target counts as column d, the weight as d + 1.</exception>
    public static ZeroInflatedLogNormalFit Fit(
        Matrix rows, IReadOnlyList<double> targets, ZeroInflatedLogNormalOptions? options = null, IReadOnlyList<double>? weights = null,
        CancellationToken cancel = default)
    {
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxIterations, 1, nameof(options));
        var table = TrainingTable.Of(rows, targets, weights);
        // The loss falls apart into one of π over all rows and one of (μ, σ) over the rows with spend.
        var purchase = Hurdle.FitPurchase(table, new() { Penalty = options.Penalty, Threads = options.Threads }, cancel);
        var buyers = table.Where(y => y > 0);
        var logs = buyers with { Targets = [.. buyers.Targets.Select(y => Math.Log(y))] };
        double deviation = Hurdle.FitLogs(logs, options.Penalty, cancel).Deviation;
        var design = Design.Of(logs);
        var (kept, aliased) = design.Independent(options.Penalty, cancel);
        Matrix columns = aliased.Count == 0 ? design.Rows : design.Rows.TakeColumns(kept);
        var objective = new LogNormalObjective(columns, logs, options.Penalty, options.Threads);
        var best = objective.Minimise(logs.WeightedMean(y => y), LogNormalAmount.SpreadOf(deviation), options.MaxIterations, cancel);
        double[] location = design.Spread(best.At.AsSpan(0, kept.Count), kept), spread = design.Spread(best.At.AsSpan(kept.Count), kept);
        double drawn = options.Penalty / 2 * (location.Skip(1).Sum(b => b * b) + spread.Skip(1).Sum(b => b * b));
        return new(
            new(purchase.Model, new LogNormalAmount(design.Model(location), design.Model(spread))), purchase, location[1..], spread[1..], aliased,
            purchase.LogLoss + (best.Value - drawn) / table.TotalWeight, best.Iterations, purchase.Converged && best.Converged);
    }
}
