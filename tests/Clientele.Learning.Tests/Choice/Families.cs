namespace Clientele.Learning.Tests;

/// <summary>Made data with a known answer, as in reference/science.md G1 (set 1 and the parts of set 2 that matter to shops). Scaled to z-scores.</summary>
/// <param name="Clusters">True number of groups; 1: none.</param>
internal sealed record Family(string Name, int Clusters, Func<RandomStream, Matrix> Make)
{
    public static IEnumerable<Family> Nulls =>
    [
        new("uniform square", 1, random => Cloud(random, 600, 2, r => r.Unit())),
        new("uniform cube", 1, random => Cloud(random, 600, 8, r => r.Unit())),
        new("Gaussian, d = 2", 1, random => Cloud(random, 600, 2, r => r.Gaussian())),
        new("Gaussian, d = 8", 1, random => Cloud(random, 600, 8, r => r.Gaussian())),
        new("correlated Gaussian", 1, random => Correlated(random, 600, 8, .8)),
        new("lognormal", 1, random => Cloud(random, 600, 6, r => Math.Exp(.7 * r.Gaussian()))),
        new("t with 4 degrees of freedom", 1, random => Cloud(random, 600, 6, Student4)),
    ];

    /// <summary>What customers without groups look like: correlated lognormals, prepared as the product prepares them.</summary>
    public static IEnumerable<Family> Shops =>
    [
        new("correlated lognormals after logs", 1, random => Logged(Lognormal(random, 1000, 4))),
        new("correlated lognormals after Yeo-Johnson", 1, random => Bent(Lognormal(random, 1000, 4))),
        new("ten lognormal columns of one factor, Yeo-Johnson and components", 1, random => Components(Bent(Lognormal(random, 2000, 10)))),
    ];

    public static IEnumerable<Family> Planted(int k) =>
    [
        new("d = 8, δ = 6, equal", k, random => Blobs(random, 8, k, 6, equal: true)),
        new("d = 8, δ = 5", k, random => Blobs(random, 8, k, 5)),
        new("d = 8, δ = 4", k, random => Blobs(random, 8, k, 4)),
        new("d = 8, δ = 6, ellipsoids", k, random => Blobs(random, 8, k, 6, ellipsoids: true)),
        new("d = 8, δ = 6, outliers", k, random => WithOutliers(random, Blobs(random, 8, k, 6))),
        new("d = 2, δ = 5", k, random => Blobs(random, 2, k, 5)),
    ];

    public Matrix Rows(ulong seed) => Make(new(seed)).Standardised();

    private static Matrix Cloud(RandomStream random, int n, int d, Func<RandomStream, double> draw) =>
        new(n, d, [.. Enumerable.Range(0, n * d).Select(_ => draw(random))]);

    private static double Student4(RandomStream random)
    {
        double squares = 0;
        for (int i = 0; i < 4; i++)
            squares += Math.Pow(random.Gaussian(), 2);
        return random.Gaussian() / Math.Sqrt(squares / 4);
    }

    private static Matrix Correlated(RandomStream random, int n, int d, double correlation)
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

    private static Matrix Lognormal(RandomStream random, int n, int d)
    {
        var rows = Correlated(random, n, d, .7);
        for (int i = 0; i < rows.Values.Length; i++)
            rows.Values[i] = Math.Exp(.8 * rows.Values[i]);
        return rows;
    }

    private static Matrix Logged(Matrix rows) => new(rows.Rows, rows.Columns, [.. rows.Values.Select(value => Math.Log(value))]);

    private static Matrix Bent(Matrix rows) => YeoJohnson.Fit(rows).Transform(rows).Standardised();

    private static Matrix Components(Matrix rows) => Pca.Fit(rows).Transform(rows);

    private static Matrix Blobs(RandomStream random, int d, int k, double distance, bool equal = false, bool ellipsoids = false)
    {
        var centres = Cloud(random, k, d, r => r.Gaussian());
        double least = double.PositiveInfinity;
        for (int a = 0; a < k; a++)
            for (int b = 0; b < a; b++)
                least = Math.Min(least, Math.Sqrt(centres.Row(a).ToArray().Zip(centres.Row(b).ToArray(), (x, y) => (x - y) * (x - y)).Sum()));
        Matrix[] shapes = [.. Enumerable.Range(0, k).Select(_ => ellipsoids ? Shape(random, d) : Shape(null, d))];
        double[] shares = equal ? [.. Enumerable.Repeat(1.0 / k, k)] : Shares(random, k);
        var rows = new Matrix(600, d);
        for (int i = 0; i < 600; i++)
        {
            int c = 0;
            for (double reached = shares[0], at = (i + .5) / 600; reached < at && c < k - 1; reached += shares[c])
                c++;
            double[] noise = [.. Enumerable.Range(0, d).Select(_ => random.Gaussian())];
            for (int j = 0; j < d; j++)
            {
                double value = centres[c, j] * distance / least;
                for (int m = 0; m < d; m++)
                    value += shapes[c][j, m] * noise[m];
                rows[i, j] = value;
            }
        }
        return rows;
    }

    // Round, or with deviations .5 … 1.5 along random axes (of mean square 1).
    private static Matrix Shape(RandomStream? random, int d)
    {
        var shape = new Matrix(d, d);
        if (random is null)
        {
            for (int j = 0; j < d; j++)
                shape[j, j] = 1;
            return shape;
        }
        var axes = SymmetricEigen.Of(Symmetric(Cloud(random, d, d, r => r.Gaussian()))).Vectors;
        double[] lengths = [.. Enumerable.Range(0, d).Select(_ => .5 + random.Unit())];
        double size = Math.Sqrt(lengths.Average(length => length * length));
        for (int j = 0; j < d; j++)
            for (int m = 0; m < d; m++)
                shape[j, m] = axes[m, j] * lengths[m] / size;
        return shape;
    }

    private static Matrix Symmetric(Matrix square)
    {
        var symmetric = new Matrix(square.Rows, square.Rows);
        for (int i = 0; i < square.Rows; i++)
            for (int j = 0; j < square.Rows; j++)
                symmetric[i, j] = square[i, j] + square[j, i];
        return symmetric;
    }

    // Dirichlet(2, …, 2), none below 5 %.
    private static double[] Shares(RandomStream random, int k)
    {
        while (true)
        {
            double[] parts = [.. Enumerable.Range(0, k).Select(_ => -Math.Log(1 - random.Unit()) - Math.Log(1 - random.Unit()))];
            double sum = parts.Sum();
            if (parts.Min() / sum >= .05)
                return [.. parts.Select(part => part / sum)];
        }
    }

    private static Matrix WithOutliers(RandomStream random, Matrix rows)
    {
        for (int j = 0; j < rows.Columns; j++)
        {
            double[] column = rows.Column(j);
            (double low, double high) = (column.Min(), column.Max());
            for (int i = 0; i < rows.Rows * 3 / 100; i++)
                rows[i * 33, j] = low + (high - low) * random.Unit();
        }
        return rows;
    }
}
