namespace Clientele.Learning;

/// <summary>ln Γ and ln B of positive numbers.</summary>
/// <remarks>Stirling's series from 12 on; below, the recurrence Γ(x+1) = xΓ(x) leads there. Source: Abramowitz &amp; Stegun (1964), 6.1.40 and 6.1.15.</remarks>
internal static class LogGamma
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <param name="x">&gt; 0. Absolute error below 4e-15 up to x = 12, relative 4e-16 beyond.</param>
    public static double Of(double x)
    {
        double passed = 1;
        for (; x < 12; x++)
            passed *= x;
        double y = 1 / (x * x);
        double tail = (1.0 / 12 - y * (1.0 / 360 - y * (1.0 / 1260 - y * (1.0 / 1680 - y * (1.0 / 1188 - y * (691.0 / 360360 - y / 156)))))) / x;
        double stirling = (x - 0.5) * Math.Log(x) - x + HalfLogTwoPi + tail;
        return passed == 1 ? stirling : stirling - Math.Log(passed);
    }

    /// <summary>ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a+b).</summary>
    public static double Beta(double a, double b) => Of(a) + Of(b) - Of(a + b);

    /// <summary>ln Γ(x+n) − ln Γ(x): exact to the last digits for few steps, where the difference of two logarithms of Γ loses them.</summary>
    /// <param name="n">≥ 0.</param>
    public static double Rise(double x, int n)
    {
        if (n > 40)
            return Of(x + n) - Of(x);
        (double sum, double product) = (0, 1);
        for (int i = 0; i < n; i++)
        {
            product *= x + i;
            if (product is > 1e250 or < 1e-250)
                (sum, product) = (sum + Math.Log(product), 1);
        }
        return sum + Math.Log(product);
    }
}
