namespace Clientele.Learning.Tests;

/// <summary>Data of one piece.</summary>
internal static class Clouds
{
    public static Matrix Of(RandomStream random, int n, int d, Func<RandomStream, double> draw) =>
        new(n, d, [.. Enumerable.Range(0, n * d).Select(_ => draw(random))]);

    public static double Student(RandomStream random, int degrees)
    {
        double squares = 0;
        for (int i = 0; i < degrees; i++)
            squares += Math.Pow(random.Gaussian(), 2);
        return random.Gaussian() / Math.Sqrt(squares / degrees);
    }

    public static Matrix Correlated(RandomStream random, int n, int d, double correlation)
    {
        var rows = new Matrix(n, d);
        for (int i = 0; i < n; i++)
        {
            double common = random.Gaussian();
            for (int j = 0; j < d; j++)
                rows[i, j] = Math.Sqrt(correlation) * common + Math.Sqrt(1 - correlation) * random.Gaussian();
        }
        return rows;
    }

    public static Matrix Lognormal(RandomStream random, int n, int d)
    {
        var rows = Correlated(random, n, d, .7);
        for (int i = 0; i < rows.Values.Length; i++)
            rows.Values[i] = Math.Exp(.8 * rows.Values[i]);
        return rows;
    }

    public static Matrix Logged(Matrix rows) => new(rows.Rows, rows.Columns, [.. rows.Values.Select(value => Math.Log(value))]);

    public static Matrix Bent(Matrix rows) => Scaled(YeoJohnson.Fit(rows).Transform(rows));

    public static Matrix Components(Matrix rows) => Pca.Fit(rows).Transform(rows);

    /// <summary>Along half a circle, with noise across.</summary>
    public static Matrix Banana(RandomStream random, int n)
    {
        var rows = new Matrix(n, 2);
        for (int i = 0; i < n; i++)
        {
            (double angle, double radius) = (Math.PI * random.Unit(), 1 + .2 * random.Gaussian());
            (rows[i, 0], rows[i, 1]) = (radius * Math.Cos(angle), radius * Math.Sin(angle));
        }
        return rows;
    }

    /// <summary>Gamma of shape 2, with mean 0 and deviation 1.</summary>
    public static double Skewed(RandomStream random) => (-Math.Log(1 - random.Unit()) - Math.Log(1 - random.Unit()) - 2) / Math.Sqrt(2);

    /// <summary>A year of buyers at exponential intervals who may leave after any purchase (Fader, Hardie &amp; Lee 2005): logs of recency, repeat purchases and spend.</summary>
    public static Matrix Buyers(RandomStream random, int n)
    {
        const double weeks = 52;
        var rows = new Matrix(n, 3);
        for (int i = 0; i < n; i++)
        {
            double rate = .1 * Exponential(random), leaves = 1 - Math.Sqrt(random.Unit()), last = 0, frequency = 0, spend = 0;
            double usual = Math.Exp(3 + .7 * random.Gaussian());
            for (double at = Exponential(random) / rate; at <= weeks; at += Exponential(random) / rate)
            {
                (last, frequency) = (at, frequency + 1);
                if (random.Unit() < leaves)
                    break;
            }
            for (int purchase = 0; purchase <= frequency; purchase++)
                spend += usual * Exponential(random);
            (rows[i, 0], rows[i, 1], rows[i, 2]) = (Math.Log(1 + weeks - last), Math.Log(1 + frequency), Math.Log(1 + spend));
        }
        return rows;
    }

    private static double Exponential(RandomStream random) => -Math.Log(1 - random.Unit());

    /// <summary>z-scores with the population standard deviation.</summary>
    public static Matrix Scaled(Matrix rows) => StandardScaler.Fit(rows).Transform(rows);
}
