namespace Clientele.Learning;

/// <param name="Rows">Rows whose probability falls into the bin, ≥ 1.</param>
/// <param name="MeanPredicted">Mean probability said.</param>
/// <param name="ShareActual">Share that happened.</param>
public sealed record CalibrationBin(int Rows, double MeanPredicted, double ShareActual);

/// <param name="Bins">Lowest probabilities first; empty bins are left out.</param>
/// <param name="Error">Expected calibration error: Σ (rows/n)·|said − happened|, 0 … 1.</param>
public sealed record CalibrationCurve(IReadOnlyList<CalibrationBin> Bins, double Error);

/// <summary>
/// Of those given 30 %, did 30 %? Bins of equal width over 0 … 1, the upper edge belonging to the next. Source: Naeini, Cooper &amp; Hauskrecht (2015), AAAI.
/// Where almost all probabilities are small, equal counts say more: <see cref="Deciles"/> with the labels as actual values.
/// </summary>
public static class Calibration
{
    /// <param name="labels">n, 0 or 1.</param>
    /// <param name="probabilities">n, of label 1, 0 … 1.</param>
    /// <param name="bins">≥ 1.</param>
    public static CalibrationCurve Of(IReadOnlyList<int> labels, IReadOnlyList<double> probabilities, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var (positive, p) = Pairs.Labelled(labels, probabilities);
        int outside = Array.FindIndex(p, value => value is < 0 or > 1);
        if (outside >= 0)
            throw new ArgumentException($"The probability of row {outside} is {p[outside]}; it must be 0 … 1.", nameof(probabilities));
        int[] rows = new int[bins], ones = new int[bins];
        var said = new double[bins];
        for (int i = 0; i < p.Length; i++)
        {
            int bin = Math.Min((int)(p[i] * bins), bins - 1);
            rows[bin]++;
            said[bin] += p[i];
            ones[bin] += positive[i] ? 1 : 0;
        }
        CalibrationBin[] used =
        [
            .. Enumerable.Range(0, bins).Where(b => rows[b] > 0).Select(b => new CalibrationBin(rows[b], said[b] / rows[b], ones[b] / (double)rows[b])),
        ];
        return new(used, used.Sum(bin => bin.Rows * Math.Abs(bin.MeanPredicted - bin.ShareActual)) / p.Length);
    }
}
