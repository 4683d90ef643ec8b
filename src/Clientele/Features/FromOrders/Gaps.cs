namespace Clientele.Features;

/// <summary>Days between moments that follow each other, summed exactly.</summary>
/// <param name="Count">One less than there are moments.</param>
/// <param name="Sum">Days.</param>
/// <param name="Squares">Σ days².</param>
internal readonly record struct Gaps(long Count, long Sum, long Squares)
{
    /// <param name="ascending">Moments.</param>
    /// <param name="unit">How many of their units make a day; what is over is cut off.</param>
    public static Gaps Between(IReadOnlyList<long> ascending, long unit)
    {
        long sum = 0, squares = 0;
        for (int i = 1; i < ascending.Count; i++)
        {
            long gap = (ascending[i] - ascending[i - 1]) / unit;
            (sum, squares) = (sum + gap, squares + gap * gap);
        }
        return new(ascending.Count - 1, sum, squares);
    }

    /// <param name="ofNone">When nothing follows.</param>
    public double Mean(double ofNone) => Count == 0 ? ofNone : (double)Sum / Count;

    /// <summary>Their sample standard deviation; 0 for fewer than two.</summary>
    public double Deviation => Count < 2 ? 0 : Math.Sqrt((double)(Count * Squares - Sum * Sum) / (Count * (Count - 1)));
}
