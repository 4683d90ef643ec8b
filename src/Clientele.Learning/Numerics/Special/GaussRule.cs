namespace Clientele.Learning;

/// <summary>Places and weights on [0, 1] that integrate every polynomial up to degree 2·points − 1 exactly. Source: Golub &amp; Welsch (1969), Math. Comp. 23; here by Newton's method.</summary>
internal sealed record GaussRule(double[] Places, double[] Weights)
{
    /// <summary>For integrals of smooth functions.</summary>
    public static GaussRule Of32 { get; } = Of(32);

    /// <param name="points">1 or more.</param>
    public static GaussRule Of(int points)
    {
        double[] places = new double[points], weights = new double[points];
        for (int i = 0; i < points; i++)
        {
            double x = Math.Cos(Math.PI * (i + 0.75) / (points + 0.5)), slope = 1;
            for (int step = 0; step < 100; step++)
            {
                (double p, slope) = Legendre(points, x);
                double move = p / slope;
                x -= move;
                if (Math.Abs(move) < 1e-16)
                    break;
            }
            slope = Legendre(points, x).Slope;
            places[i] = (1 - x) / 2;
            weights[i] = 1 / ((1 - x * x) * slope * slope);
        }
        return new(places, weights);
    }

    // P_n and its derivative, by the three-term recurrence.
    private static (double Value, double Slope) Legendre(int n, double x)
    {
        (double before, double value) = (1, x);
        for (int k = 2; k <= n; k++)
            (before, value) = (value, ((2 * k - 1) * x * value - (k - 1) * before) / k);
        return (value, n * (x * value - before) / (x * x - 1));
    }
}
