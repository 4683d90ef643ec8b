namespace Clientele.Learning;

/// <summary>Sums and differences of numbers known by their logarithms, without overflow.</summary>
internal static class LogSpace
{
    /// <summary>ln(1 + eˣ).</summary>
    public static double OnePlusExp(double x) => x > 0 ? x + Elementary.LogOnePlus(Math.Exp(-x)) : Elementary.LogOnePlus(Math.Exp(x));

    /// <summary>ln(1 − eˣ) for x ≤ 0; −∞ at 0.</summary>
    public static double OneMinusExp(double x) => x > -0.6931471805599453 ? Math.Log(-Elementary.ExpMinusOne(x)) : Elementary.LogOnePlus(-Math.Exp(x));

    /// <summary>1 / (1 + eˣ), to its last digits at both ends.</summary>
    public static double Complement(double x)
    {
        double e = Math.Exp(-Math.Abs(x));
        return x > 0 ? e / (1 + e) : 1 / (1 + e);
    }

    /// <summary>(e^{kx} − 1)/k, which is x at k = 0.</summary>
    public static double PowerMinusOne(double k, double x) => k == 0 ? x : Elementary.ExpMinusOne(k * x) / k;
}
