using Clientele.Learning;

namespace Clientele.Reports;

/// <summary>How features move together.</summary>
internal static class Correlation
{
    /// <summary>Pearson's r of every pair of columns, −1 … 1; NaN where a column is constant.</summary>
    /// <remarks>Two passes: means first, so that large values with little spread lose nothing. Each column is first divided by its largest gap, so that no square overflows.</remarks>
    public static Matrix Pearson(Matrix rows)
    {
        int d = rows.Columns;
        var gaps = new double[d][];
        var norms = new double[d];
        for (int j = 0; j < d; j++)
        {
            double[] column = rows.Column(j);
            double mean = 0;
            for (int i = 0; i < column.Length; i++)
                mean += (column[i] - mean) / (i + 1);
            double widest = column.Length == 0 ? 0 : column.Max(x => Math.Abs(x - mean));
            // A spread below the rounding of the values themselves is none.
            bool constant = widest <= 1e-12 * Math.Abs(mean) || widest == 0;
            gaps[j] = Array.ConvertAll(column, x => constant ? 0 : (x - mean) / widest);
            norms[j] = Math.Sqrt(Product(gaps[j], gaps[j]));
        }
        var r = new Matrix(d, d);
        for (int a = 0; a < d; a++)
            for (int b = 0; b <= a; b++)
                r[a, b] = r[b, a] = norms[a] == 0 || norms[b] == 0 ? double.NaN
                    : a == b ? 1
                    : Math.Clamp(Product(gaps[a], gaps[b]) / (norms[a] * norms[b]), -1, 1);
        return r;
    }

    private static double Product(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
