namespace Clientele.Learning;

/// <param name="Top">Share of customers taken, best prediction first, above 0 … 1.</param>
/// <param name="Held">Share of the actual value they hold.</param>
/// <param name="Lift">Held / top: how many times what a random choice of as many would hold.</param>
public sealed record Gain(double Top, double Held, double Lift);

/// <summary>What the customers with the best predictions turned out to hold. Rows of equal prediction share evenly; a fraction of a row counts in part.</summary>
public static class Gains
{
    /// <param name="actual">n, with a sum above 0.</param>
    /// <param name="top">Above 0 … 1.</param>
    public static Gain At(IReadOnlyList<double> actual, IReadOnlyList<double> predicted, double top)
    {
        if (!(top is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(top), top, "The share must be above 0 and at most 1.");
        return At(Ranked(actual, predicted), top);
    }

    /// <summary>At 1/steps, 2/steps … 1: a gains chart.</summary>
    public static IReadOnlyList<Gain> Curve(IReadOnlyList<double> actual, IReadOnlyList<double> predicted, int steps = 100)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var ranked = Ranked(actual, predicted);
        return [.. Enumerable.Range(1, steps).Select(step => At(ranked, step / (double)steps))];
    }

    private static RankedTotals Ranked(IReadOnlyList<double> actual, IReadOnlyList<double> predicted)
    {
        var (y, p) = Pairs.Of(actual, predicted);
        var ranked = new RankedTotals(y, p);
        return ranked.Total > 0 ? ranked : throw new ArgumentException("The actual values must have a sum above 0.", nameof(actual));
    }

    private static Gain At(RankedTotals ranked, double top)
    {
        double held = ranked.At(top * ranked.Rows) / ranked.Total;
        return new(top, held, held / top);
    }
}
