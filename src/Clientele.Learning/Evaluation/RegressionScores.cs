namespace Clientele.Learning;

/// <summary>How near predicted amounts are to actual ones. No single figure tells: the mean minimises RMSE, the median MAE, and neither sees a bias alone.</summary>
/// <param name="Rmse">√ mean (y − ŷ)².</param>
/// <param name="MeanAbsolute">Mean |y − ŷ| (MAE).</param>
/// <param name="AbsolutePercentage">Mean |y − ŷ|/|y| over the rows with y ≠ 0 (MAPE); null if there are none.</param>
/// <param name="PercentageRows">Rows that <paramref name="AbsolutePercentage"/> is over. Far fewer than all: it does not speak for all.</param>
/// <param name="RSquared">1 − Σ(y − ŷ)²/Σ(y − ȳ)²; below 0 is worse than the mean; null if y does not vary.</param>
/// <param name="MeanError">Mean ŷ − y.</param>
/// <param name="Bias">Σŷ/Σy − 1, calibration in the large; null if Σy = 0.</param>
/// <param name="Correlation">Pearson's; null if y or ŷ does not vary.</param>
public sealed record RegressionScores(
    double Rmse, double MeanAbsolute, double? AbsolutePercentage, int PercentageRows, double? RSquared, double MeanError, double? Bias, double? Correlation)
{
    /// <param name="actual">n ≥ 1, finite.</param>
    /// <param name="predicted">n, finite.</param>
    /// <exception cref="NotFiniteException">Names the row; actual is column 0, predicted column 1.</exception>
    public static RegressionScores Of(IReadOnlyList<double> actual, IReadOnlyList<double> predicted)
    {
        var (y, p) = Pairs.Of(actual, predicted);
        double squares = 0, absolute = 0, percentage = 0, sumOfActual = 0, sumOfPredicted = 0;
        int rows = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double error = p[i] - y[i];
            squares += error * error;
            absolute += Math.Abs(error);
            sumOfActual += y[i];
            sumOfPredicted += p[i];
            if (y[i] != 0)
            {
                percentage += Math.Abs(error / y[i]);
                rows++;
            }
        }
        int n = y.Length;
        double deviation = Columnwise.Moments(y).Deviation, total = deviation * deviation * n;
        return new(
            Math.Sqrt(squares / n), absolute / n, rows > 0 ? percentage / rows : null, rows, y.Distinct().Skip(1).Any() ? 1 - squares / total : null,
            (sumOfPredicted - sumOfActual) / n, sumOfActual == 0 ? null : sumOfPredicted / sumOfActual - 1, Pearson(y, p));
    }

    /// <summary>Null if one of them does not vary.</summary>
    internal static double? Pearson(double[] a, double[] b)
    {
        if (!a.Distinct().Skip(1).Any() || !b.Distinct().Skip(1).Any())
            return null;
        var (meanA, deviationA) = Columnwise.Moments(a);
        var (meanB, deviationB) = Columnwise.Moments(b);
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += (a[i] - meanA) / deviationA * ((b[i] - meanB) / deviationB);
        return Math.Clamp(sum / a.Length, -1, 1);
    }
}
