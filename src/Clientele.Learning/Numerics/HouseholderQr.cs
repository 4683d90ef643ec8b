namespace Clientele.Learning;

/// <summary>
/// X = Q·R by reflections, column after column. A column of which the columns kept before it leave nothing is moved to the end: it is aliased,
/// and of several that depend on each other the first are kept, as a reader would.
/// </summary>
/// <remarks>Source: Golub &amp; Van Loan, Matrix Computations, §5.2; the limited pivoting is that of LINPACK's dqrdc2 as R's lm uses it.</remarks>
internal sealed class HouseholderQr
{
    /// <summary>Of a column's length, what must be left after the columns before it.</summary>
    private const double Tolerance = 1e-9;

    private readonly List<double[]> reflectors = [], triangle = [];

    /// <summary>Columns that carry something of their own, ascending.</summary>
    public List<int> Kept { get; } = [];
    /// <summary>Columns that are combinations of kept ones before them, ascending.</summary>
    public List<int> Aliased { get; } = [];

    /// <param name="columns">Columns of equal length; overwritten.</param>
    public static HouseholderQr Of(double[][] columns, CancellationToken cancel = default)
    {
        var qr = new HouseholderQr();
        for (int j = 0; j < columns.Length; j++)
        {
            cancel.ThrowIfCancellationRequested();
            qr.Take(columns[j], j);
        }
        return qr;
    }

    /// <summary>Coefficients of the kept columns, in their order, that bring X·β nearest to the target.</summary>
    /// <param name="target">Overwritten.</param>
    public double[] Solve(double[] target)
    {
        Reflect(target);
        return SolveTriangle(target.AsSpan(0, Kept.Count));
    }

    /// <summary>(XᵀX)⁻¹ over the kept columns.</summary>
    public Matrix InverseGram()
    {
        int p = Kept.Count;
        var inverse = new Matrix(p, p);     // R⁻¹, then R⁻¹·R⁻ᵀ
        var unit = new double[p];
        for (int k = 0; k < p; k++)
        {
            unit[k] = 1;
            double[] column = SolveTriangle(unit);
            unit[k] = 0;
            for (int i = 0; i < p; i++)
                for (int j = 0; j < p; j++)
                    inverse[i, j] += column[i] * column[j];
        }
        return inverse;
    }

    private void Take(double[] column, int index)
    {
        double whole = Length(column);
        Reflect(column);
        int k = reflectors.Count;
        double left = k < column.Length ? Length(column.AsSpan(k)) : 0;
        if (left <= Tolerance * whole)
        {
            Aliased.Add(index);
            return;
        }
        double diagonal = column[k] >= 0 ? -left : left;
        triangle.Add([.. column.AsSpan(0, k), diagonal]);
        column[k] -= diagonal;
        double size = Length(column.AsSpan(k));
        foreach (ref double value in column.AsSpan(k))
            value /= size;
        reflectors.Add(column);
        Kept.Add(index);
    }

    private void Reflect(double[] column)
    {
        for (int k = 0; k < reflectors.Count; k++)
        {
            ReadOnlySpan<double> v = reflectors[k].AsSpan(k);
            var rest = column.AsSpan(k);
            double product = 0;
            for (int i = 0; i < v.Length; i++)
                product += v[i] * rest[i];
            ScaledAdd.Run(rest, -2 * product, v);
        }
    }

    private double[] SolveTriangle(ReadOnlySpan<double> right)
    {
        double[] x = right.ToArray();
        for (int k = x.Length - 1; k >= 0; k--)
        {
            x[k] /= triangle[k][k];
            for (int i = 0; i < k; i++)
                x[i] -= triangle[k][i] * x[k];
        }
        return x;
    }

    private static double Length(ReadOnlySpan<double> values)
    {
        double squares = 0;
        foreach (double value in values)
            squares += value * value;
        return Math.Sqrt(squares);
    }
}
