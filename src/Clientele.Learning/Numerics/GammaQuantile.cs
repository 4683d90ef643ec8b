namespace Clientele.Learning;

/// <summary>Quantiles of the gamma law.</summary>
internal static class GammaQuantile
{
    /// <summary>x with P(a, x) = p, of shape a &gt; 0 and scale 1; relative error about 1e-14.</summary>
    /// <param name="p">Between 0 and 1.</param>
    public static double Of(double shape, double p)
    {
        // Halving the logarithm of x, which never loses the root however small the shape makes it; the lesser tail keeps its digits.
        double low = -745, high = Math.Log(shape + 40 * Math.Sqrt(shape) + 800);
        while (high - low > 1e-15 * Math.Max(1, Math.Abs(low)))
        {
            double middle = low + (high - low) / 2, x = Math.Exp(middle);
            if (middle == low || middle == high)
                break;
            if (p < 0.5 ? IncompleteGamma.Lower(shape, x) < p : IncompleteGamma.Upper(shape, x) > 1 - p)
                low = middle;
            else
                high = middle;
        }
        return Math.Exp(high);
    }
}
