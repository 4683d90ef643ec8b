namespace Clientele.Learning;

/// <summary>The 32 nodes and weights of Gauss and Legendre on (0, 1).</summary>
internal static class GaussLegendre
{
    public const int Count = 32;

    public static (double Node, double Weight)[] Unit { get; } = Make();

    // Newton's method on the Legendre polynomial from the usual first guess. Source: Abramowitz & Stegun (1964), 25.4.29 and 22.16.6.
    private static (double, double)[] Make()
    {
        var rule = new (double, double)[Count];
        for (int i = 0; i < Count; i++)
        {
            double x = Math.Cos(Math.PI * (i + 0.75) / (Count + 0.5)), slope = 0;
            for (int step = 0; step < 8; step++)
            {
                (double before, double value) = (1, x);
                for (int n = 2; n <= Count; n++)
                    (before, value) = (value, ((2 * n - 1) * x * value - (n - 1) * before) / n);
                slope = Count * (x * value - before) / (x * x - 1);
                x -= value / slope;
            }
            rule[i] = ((1 - x) / 2, 1 / ((1 - x * x) * slope * slope));
        }
        return rule;
    }
}
