namespace Clientele.Learning;

/// <param name="Rows">Customers in the bin; a bin may end inside a row.</param>
/// <param name="MeanActual">What they turned out to be worth.</param>
/// <param name="MeanPredicted">What was said.</param>
public sealed record Decile(double Rows, double MeanActual, double MeanPredicted);

/// <param name="Bins">Best predictions first.</param>
/// <param name="AbsoluteError">Mean over bins of |predicted − actual|, in the unit of the values.</param>
/// <param name="PercentageError">Mean over bins of |predicted − actual|/|actual| (decile MAPE); null if a bin's actual mean is 0.</param>
public sealed record DecileChart(IReadOnlyList<Decile> Bins, double AbsoluteError, double? PercentageError);

/// <summary>Equal-count bins by prediction: are those said to be worth much worth much, and as much? Rows of equal prediction are spread evenly over the bins they fall into.</summary>
public static class Deciles
{
    /// <param name="bins">1 … n.</param>
    public static DecileChart Of(IReadOnlyList<double> actual, IReadOnlyList<double> predicted, int bins = 10)
    {
        var (y, p) = Pairs.Of(actual, predicted);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bins, y.Length);
        RankedTotals actually = new(y, p), said = new(p, p);
        double size = y.Length / (double)bins;
        Decile[] chart = [.. Enumerable.Range(0, bins).Select(b => new Decile(size, Mean(actually, b, size), Mean(said, b, size)))];
        return new(
            chart, chart.Average(bin => Math.Abs(bin.MeanPredicted - bin.MeanActual)),
            chart.Any(bin => bin.MeanActual == 0) ? null : chart.Average(bin => Math.Abs((bin.MeanPredicted - bin.MeanActual) / bin.MeanActual)));
    }

    private static double Mean(RankedTotals ranked, int bin, double size)
    {
        double to = Math.Min((bin + 1) * size, ranked.Rows);
        return (ranked.At(to) - ranked.At(bin * size)) / size;
    }
}
