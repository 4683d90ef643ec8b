namespace Clientele.Learning.Tests;

/// <summary>Groups around random centres, of unequal sizes (Dirichlet(2), none below 5 %) unless asked for equal ones.</summary>
internal static class Blobs
{
    /// <param name="distance">Of the two nearest centres; the noise around each has deviation 1.</param>
    public static Matrix Make(
        RandomStream random, int d, int k, double distance, bool equal = false, bool ellipsoids = false, int n = 600, Func<RandomStream, double>? noise = null)
    {
        var centres = Clouds.Of(random, k, d, r => r.Gaussian());
        double least = double.PositiveInfinity;
        for (int a = 0; a < k; a++)
            for (int b = 0; b < a; b++)
                least = Math.Min(least, Math.Sqrt(centres.Row(a).ToArray().Zip(centres.Row(b).ToArray(), (x, y) => (x - y) * (x - y)).Sum()));
        Matrix[] shapes = [.. Enumerable.Range(0, k).Select(_ => ellipsoids ? Shape(random, d) : Shape(null, d))];
        double[] shares = equal ? [.. Enumerable.Repeat(1.0 / k, k)] : Shares(random, k);
        var rows = new Matrix(n, d);
        for (int i = 0; i < n; i++)
        {
            int c = 0;
            for (double reached = shares[0], at = (i + .5) / n; reached < at && c < k - 1; reached += shares[c])
                c++;
            double[] around = [.. Enumerable.Range(0, d).Select(_ => noise?.Invoke(random) ?? random.Gaussian())];
            for (int j = 0; j < d; j++)
            {
                double value = centres[c, j] * distance / least;
                for (int m = 0; m < d; m++)
                    value += shapes[c][j, m] * around[m];
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
        var axes = SymmetricEigen.Of(Symmetric(Clouds.Of(random, d, d, r => r.Gaussian()))).Vectors;
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

    /// <summary>3 % of the rows thrown anywhere in the box around all.</summary>
    public static Matrix WithOutliers(RandomStream random, Matrix rows)
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
