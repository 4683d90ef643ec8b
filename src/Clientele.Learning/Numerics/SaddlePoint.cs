namespace Clientele.Learning;

/// <summary>The two parts of which binomial, Poisson and gamma probabilities are made without losing digits. Source: Loader (2000), Fast and accurate computation of binomial probabilities.</summary>
internal static class SaddlePoint
{
    /// <summary>ln Γ(z+1) − (z+½)·ln z + z − ½·ln 2π for z &gt; 0: what Stirling's formula leaves out. About 1/(12 z).</summary>
    public static double StirlingError(double z)
    {
        double before = 0;
        for (; z < 16; z++)
            before += (z + 0.5) * Elementary.LogOnePlus(1 / z) - 1;
        double w = 1 / (z * z);
        return before + (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - (1 / 1680.0 - (1 / 1188.0 - 691 / 360360.0 * w) * w) * w) * w) * w) / z;
    }

    /// <summary>x·ln(x/mean) + mean − x for x, mean &gt; 0, without cancellation where the two are near.</summary>
    public static double Deviance(double x, double mean)
    {
        double gap = x - mean;
        if (Math.Abs(gap) >= 0.1 * (x + mean))
            return x * Math.Log(x / mean) - gap;
        double v = gap / (x + mean), sum = gap * v, term = 2 * x * v;
        for (int j = 1; ; j++)
        {
            term *= v * v;
            double next = sum + term / (2 * j + 1);
            if (next == sum)
                return sum;
            sum = next;
        }
    }
}
