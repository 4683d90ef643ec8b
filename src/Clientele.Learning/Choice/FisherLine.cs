namespace Clientele.Learning;

/// <summary>The line on which two clusters separate best: S⁻¹(b − a) with S their pooled covariance. Source: Fisher (1936), Annals of Eugenics 7(2).</summary>
/// <remarks>After columns were scaled each by itself the line through both centres is not it: columns in which the two differ were shrunk.</remarks>
internal sealed class FisherLine
{
    // A share of the mean variance, added to every variance: columns that repeat each other have no inverse.
    private const double Ridge = 0.05;

    private readonly double[] direction;
    private readonly double start, length;

    private FisherLine(double[] direction, double start, double length) => (this.direction, this.start, this.length) = (direction, start, length);

    /// <param name="from">Centre of the first cluster, d.</param>
    /// <param name="to">Of the second.</param>
    /// <param name="scatter">d × d of the first: <see cref="Scatter"/>.</param>
    /// <param name="other">Of the second.</param>
    /// <param name="rows">Of both.</param>
    public static FisherLine Between(ReadOnlySpan<double> from, ReadOnlySpan<double> to, Matrix scatter, Matrix other, int rows)
    {
        int d = from.Length;
        var pooled = new Matrix(d, d, [.. scatter.Values.Zip(other.Values, (x, y) => (x + y) / rows)]);
        double mean = Enumerable.Range(0, d).Average(j => pooled[j, j]), gap = 0;
        var direction = new double[d];
        for (int j = 0; j < d; j++)
        {
            direction[j] = to[j] - from[j];
            gap += direction[j] * direction[j];
        }
        // Where nothing varies, all of the gap separates.
        double least = mean > 0 ? Ridge * mean : gap > 0 ? gap : 1;
        for (int j = 0; j < d; j++)
            pooled[j, j] += least;
        Solve(pooled, direction);
        (double start, double end) = (Product(direction, from), Product(direction, to));
        return new(direction, start, end - start);
    }

    /// <summary>Σ(x−c)(x−c)ᵀ over the given rows.</summary>
    public static Matrix Scatter(Matrix rows, int[] members, ReadOnlySpan<double> centre)
    {
        int d = rows.Columns;
        var (scatter, gap) = (new Matrix(d, d), new double[d]);
        foreach (int i in members)
        {
            var row = rows.Row(i);
            for (int j = 0; j < d; j++)
                gap[j] = row[j] - centre[j];
            for (int j = 0; j < d; j++)
                for (int m = 0; m <= j; m++)
                    scatter[j, m] += gap[j] * gap[m];
        }
        for (int j = 0; j < d; j++)
            for (int m = 0; m < j; m++)
                scatter[m, j] = scatter[j, m];
        return scatter;
    }

    /// <summary>0 at the first centre, 1 at the second; NaN where the two are one.</summary>
    public double Place(ReadOnlySpan<double> row) => (Product(direction, row) - start) / length;

    // A positive definite: no pivots are needed. Both are overwritten, the right side by the answer.
    private static void Solve(Matrix a, double[] right)
    {
        int d = right.Length;
        for (int p = 0; p < d; p++)
            for (int i = p + 1; i < d; i++)
            {
                double factor = a[i, p] / a[p, p];
                for (int j = p; j < d; j++)
                    a[i, j] -= factor * a[p, j];
                right[i] -= factor * right[p];
            }
        for (int i = d - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < d; j++)
                right[i] -= a[i, j] * right[j];
            right[i] /= a[i, i];
        }
    }

    private static double Product(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double product = 0;
        for (int j = 0; j < a.Length; j++)
            product += a[j] * b[j];
        return product;
    }
}
