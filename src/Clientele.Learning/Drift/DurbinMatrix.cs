namespace Clientele.Learning;

/// <summary>The exact law of D_n as an entry of the n-th power of a small matrix.</summary>
/// <remarks>Sources: Durbin (1968), Ann. Math. Stat. 39(2); Marsaglia, Tsang &amp; Wang (2003), J. Stat. Softw. 8(18), §2. Cost (2nd)³·log n.</remarks>
internal static class DurbinMatrix
{
    private const int Step = 128;       // powers of two taken out at a time

    /// <summary>P(D_n ≤ d) for nd &gt; ½.</summary>
    public static double Cumulative(int n, double d)
    {
        int k = (int)Math.Ceiling(n * d), size = 2 * k - 1, centre = (k - 1) * size + k - 1;
        double[] power = Of(size, k - n * d), result = Identity(size), spare = new double[size * size];
        int powerExponent = 0, exponent = 0;
        for (int left = n; ; left >>= 1)
        {
            if ((left & 1) == 1)
            {
                Multiply(result, power, spare, size);
                (result, spare) = (spare, result);
                exponent += powerExponent;
            }
            if (left == 1)
                break;
            Multiply(power, power, spare, size);
            (power, spare) = (spare, power);
            powerExponent *= 2;
            if (power[centre] > Math.ScaleB(1, Step))
            {
                for (int i = 0; i < power.Length; i++)
                    power[i] = Math.ScaleB(power[i], -Step);
                powerExponent += Step;
            }
        }
        return TimesFactorialOverPower(n, result[centre], exponent);
    }

    // h is how far nd falls short of the next whole number.
    private static double[] Of(int size, double h)
    {
        var matrix = new double[size * size];
        var factorial = new double[size + 2];       // 1/i!
        factorial[0] = 1;
        for (int i = 1; i < factorial.Length; i++)
            factorial[i] = factorial[i - 1] / i;
        for (int row = 0; row < size; row++)
            for (int column = 1; column <= Math.Min(row + 1, size - 1); column++)
                matrix[row * size + column] = factorial[row - column + 1];
        for (int i = 0; i < size; i++)
            matrix[i * size] = matrix[size * size - 1 - i] = (1 - Math.Pow(h, i + 1)) * factorial[i + 1];
        matrix[(size - 1) * size] = (1 - 2 * Math.Pow(h, size) + Math.Pow(Math.Max(0, 2 * h - 1), size)) * factorial[size];
        return matrix;
    }

    private static double[] Identity(int size)
    {
        var matrix = new double[size * size];
        for (int i = 0; i < size; i++)
            matrix[i * size + i] = 1;
        return matrix;
    }

    private static void Multiply(double[] a, double[] b, double[] product, int size)
    {
        Array.Clear(product);
        for (int i = 0; i < size; i++)
            for (int j = 0; j < size; j++)
            {
                double factor = a[i * size + j];
                for (int column = 0; column < size; column++)
                    product[i * size + column] += factor * b[j * size + column];
            }
    }

    // p·2^exponent·n!/nⁿ
    private static double TimesFactorialOverPower(int n, double p, int exponent)
    {
        for (int i = 1; i <= n; i++)
        {
            p *= (double)i / n;
            if (p < Math.ScaleB(1, -Step))
            {
                p = Math.ScaleB(p, Step);
                exponent -= Step;
            }
        }
        return Math.ScaleB(p, exponent);
    }
}
