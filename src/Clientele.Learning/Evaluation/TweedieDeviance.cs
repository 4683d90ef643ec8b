namespace Clientele.Learning;

/// <summary>How far means are from what happened when the variance grows like meanᵖ: 0 … 2 (0 squared error, 1 Poisson, 2 gamma). 0 is perfect.</summary>
public static class TweedieDeviance
{
    /// <summary>Mean over rows.</summary>
    /// <param name="actual">n, ≥ 0 (above 0 for power 2).</param>
    /// <param name="predicted">n means, &gt; 0 (any for power 0).</param>
    /// <param name="power">0 or 1 … 2.</param>
    public static double Score(IReadOnlyList<double> actual, IReadOnlyList<double> predicted, double power)
    {
        if (!(power is 0 or (>= 1 and <= 2)))
            throw new ArgumentOutOfRangeException(nameof(power), power, "The power must be 0 or 1 … 2.");
        var (y, mean) = Pairs.Of(actual, predicted);
        double sum = 0;
        for (int i = 0; i < y.Length; i++)
        {
            if (power > 0 && (mean[i] <= 0 || y[i] < 0 || (y[i] == 0 && power == 2)))
                throw new ArgumentException($"Row {i}: an actual of {y[i]} and a mean of {mean[i]} have no deviance of power {power}.");
            sum += Unit(y[i], mean[i], power);
        }
        return sum / y.Length;
    }

    /// <summary>Of one value. Source: Jørgensen (1987), JRSS B 49(2).</summary>
    internal static double Unit(double y, double mean, double power)
    {
        if (power == 0)
            return (y - mean) * (y - mean);
        if (power == 1)
            return 2 * ((y == 0 ? 0 : y * Math.Log(y / mean)) - y + mean);
        if (power == 2)
            return 2 * (y / mean - 1 - Math.Log(y / mean));
        double own = y == 0 ? 0 : Math.Pow(y, 2 - power) / ((1 - power) * (2 - power)) - y * Math.Pow(mean, 1 - power) / (1 - power);
        return 2 * (own + Math.Pow(mean, 2 - power) / (2 - power));
    }
}
