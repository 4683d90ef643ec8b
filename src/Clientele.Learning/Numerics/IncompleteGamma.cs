namespace Clientele.Learning;

/// <summary>The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P.</summary>
/// <remarks>
/// P by its power series below a + 1, Q by its continued fraction above (Abramowitz &amp; Stegun 6.5.29 and 6.5.31, the fraction by Lentz's method);
/// both times xᵃe⁻ˣ/Γ(a+1) in saddle-point form, so that large a keeps its digits.
/// </remarks>
internal static class IncompleteGamma
{
    /// <summary>P(a, x), 0 … 1, for a &gt; 0, x ≥ 0.</summary>
    public static double Lower(double a, double x) => x == 0 ? 0 : x < a + 1 ? Series(a, x) : 1 - Fraction(a, x);

    /// <summary>Q(a, x), 0 … 1, for a &gt; 0, x ≥ 0.</summary>
    public static double Upper(double a, double x) => x == 0 ? 1 : double.IsPositiveInfinity(x) ? 0 : x < a + 1 ? 1 - Series(a, x) : Fraction(a, x);

    // xᵃ e⁻ˣ / Γ(a+1)
    private static double Density(double a, double x) =>
        Math.Exp(-SaddlePoint.StirlingError(a) - SaddlePoint.Deviance(a, x)) / Math.Sqrt(2 * Math.PI * a);

    private static double Series(double a, double x)
    {
        double sum = 1, term = 1;
        for (double b = a + 1; term > sum * 1e-17; b++)
            sum += term *= x / b;
        return Math.Min(1, Density(a, x) * sum);
    }

    private static double Fraction(double a, double x)
    {
        double density = Density(a, x);
        if (density == 0)
            return 0;
        double b = x + 1 - a, c = double.PositiveInfinity, d = 1 / b, product = d;
        for (int i = 1; ; i++)
        {
            double top = i * (a - i);
            b += 2;
            d = 1 / (b + top * d);
            c = b + top / c;
            double change = c * d;
            product *= change;
            if (Math.Abs(change - 1) < 1e-15)
                return density * a * product;
        }
    }
}
