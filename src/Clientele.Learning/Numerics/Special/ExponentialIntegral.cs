namespace Clientele.Learning;

/// <summary>eʷ E_ν(w) = ∫₀^∞ e^{−wτ}(1+τ)^{−ν} dτ: the generalised exponential integral, scaled so that it neither over- nor underflows.</summary>
internal static class ExponentialIntegral
{
    private const double Step = 0.2;

    /// <param name="order">ν ≥ 0.</param>
    /// <param name="w">&gt; 0.</param>
    public static double Scaled(double order, double w) => w >= 1 ? Fraction(order, w) : Integral(order, w);

    // The continued fraction 1/(w+ν − 1·ν/(w+ν+2 − 2(ν+1)/(w+ν+4 − …))) by Lentz. Source: Abramowitz & Stegun (1964), 5.1.22 in its even form.
    private static double Fraction(double order, double w)
    {
        double b = w + order, c = double.MaxValue, d = 1 / b, value = d;
        for (int i = 1; i < 10_000; i++)
        {
            double numerator = -i * (order - 1 + i);
            b += 2;
            d = 1 / (numerator * d + b);
            c = b + numerator / c;
            double change = c * d;
            value *= change;
            if (Math.Abs(change - 1) < 1e-16)
                break;
        }
        return value;
    }

    // The trapezoidal rule in u = ln τ: the integrand is analytic in |Im u| < π/2 and falls like eᵘ on the left and e^{−w eᵘ} on the right.
    private static double Integral(double order, double w)
    {
        double top = Math.Log(1 / (order + w)), sum = 0;
        foreach (int direction in (ReadOnlySpan<int>)[-1, 1])
            for (int k = direction < 0 ? 1 : 0; ; k++)
            {
                double u = top + direction * k * Step, t = Math.Exp(u);
                double term = Math.Exp(u - w * t - order * Elementary.LogOnePlus(t));
                sum += term;
                if (term <= 1e-18 * sum && (direction < 0 || w * t > 1))
                    break;
            }
        return sum * Step;
    }
}
