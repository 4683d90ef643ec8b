namespace Clientele.Learning;

/// <summary>ψ, the derivative of ln Γ, for positive numbers.</summary>
/// <remarks>The asymptotic series from 12 on, the recurrence ψ(x+1) = ψ(x) + 1/x below. Source: Abramowitz &amp; Stegun (1964), 6.3.18 and 6.3.5.</remarks>
internal static class Digamma
{
    /// <param name="x">&gt; 0.</param>
    public static double Of(double x)
    {
        double passed = 0;
        for (; x < 12; x++)
            passed += 1 / x;
        double y = 1 / (x * x);
        double tail = y * (1.0 / 12 - y * (1.0 / 120 - y * (1.0 / 252 - y * (1.0 / 240 - y * (1.0 / 132 - y * (691.0 / 32760 - y / 12))))));
        return Math.Log(x) - 0.5 / x - tail - passed;
    }

    /// <summary>ψ(x+n) − ψ(x) = Σ 1/(x+i): summed for few steps, where the difference loses digits.</summary>
    /// <param name="n">≥ 0.</param>
    public static double Rise(double x, int n)
    {
        if (n > 40)
            return Of(x + n) - Of(x);
        double sum = 0;
        for (int i = n - 1; i >= 0; i--)
            sum += 1 / (x + i);
        return sum;
    }
}
