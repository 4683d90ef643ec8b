namespace Clientele.Learning;

/// <summary>Will they buy, and how much: a share of exact zeros and a law of amounts above 0, kept apart because each has its own calibration.</summary>
/// <param name="Purchase">Of two classes: 0 nothing, 1 something.</param>
public sealed record SpendModel(LogisticModel Purchase, AmountModel Amount)
{
    /// <param name="rows">n × d, finite.</param>
    /// <returns>n probabilities π to spend anything.</returns>
    public double[] Probability(Matrix rows) => Purchase.Probabilities(rows).Column(1);

    /// <summary>π × expected amount: minimises RMSE, adds up to totals.</summary>
    public double[] Mean(Matrix rows) => [.. Probability(rows).Zip(Amount.Mean(rows), (p, amount) => p * amount)];

    /// <summary>The middle of the whole law: minimises MAE, and is 0 for everyone with π ≤ ½.</summary>
    public double[] Median(Matrix rows) => Quantile(rows, 0.5);

    /// <summary>What the row's spend stays below with the stated probability; 0 while 1 − π alone reaches it.</summary>
    /// <param name="share">Between 0 and 1.</param>
    public double[] Quantile(Matrix rows, double share)
    {
        if (!(share is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share must be between 0 and 1.");
        return Amount.Quantile(rows, [.. Probability(rows).Select(p => p > 0 ? 1 - (1 - share) / p : 0)]);
    }

    /// <summary>Mean of −ln p(y) over rows: −ln(1−π) where nothing was spent, −ln π − ln density where something was.</summary>
    /// <param name="actual">n, finite, ≥ 0.</param>
    public double Loss(Matrix rows, IReadOnlyList<double> actual)
    {
        var table = TrainingTable.Of(rows, actual, null);
        Hurdle.RefuseNegative(table);
        double[] p = Probability(rows), density = Amount.LogDensity(rows, table.Targets);
        double sum = 0;
        for (int i = 0; i < p.Length; i++)
            sum -= table.Targets[i] == 0 ? Elementary.LogOnePlus(-p[i]) : Math.Log(p[i]) + density[i];
        return sum / p.Length;
    }
}
