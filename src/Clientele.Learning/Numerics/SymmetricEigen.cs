namespace Clientele.Learning;

/// <summary>Eigenvalues, largest first, and eigenvectors (one per row) of a symmetric matrix.</summary>
/// <remarks>Cyclic Jacobi rotations: short, exact to the last digits, the same bits everywhere. Source: Golub &amp; Van Loan, Matrix Computations, §8.5.</remarks>
internal sealed record SymmetricEigen(double[] Values, Matrix Vectors)
{
    public static SymmetricEigen Of(Matrix symmetric)
    {
        int d = symmetric.Columns;
        var a = new Matrix(d, d, [.. symmetric.Values]);
        var v = new Matrix(d, d);
        for (int i = 0; i < d; i++)
            v[i, i] = 1;
        for (int sweep = 0; sweep < 100 && OffDiagonal(a) > 0; sweep++)
            for (int p = 0; p < d - 1; p++)
                for (int q = p + 1; q < d; q++)
                    Rotate(a, v, p, q);
        int[] order = [.. Enumerable.Range(0, d).OrderByDescending(i => a[i, i])];
        return new([.. order.Select(i => a[i, i])], v.Take(order));
    }

    private static double OffDiagonal(Matrix a)
    {
        double sum = 0;
        for (int p = 0; p < a.Rows - 1; p++)
            for (int q = p + 1; q < a.Rows; q++)
                sum += Math.Abs(a[p, q]);
        return sum;
    }

    // Turns the plane (p, q) so that a[p, q] becomes 0; rows of v turn along and end as eigenvectors.
    private static void Rotate(Matrix a, Matrix v, int p, int q)
    {
        double apq = a[p, q];
        if (apq == 0)
            return;
        if (Math.Abs(apq) <= 1e-17 * Math.Min(Math.Abs(a[p, p]), Math.Abs(a[q, q])))
        {
            a[p, q] = a[q, p] = 0;
            return;
        }
        double theta = (a[q, q] - a[p, p]) / (2 * apq);
        double t = Math.Abs(theta) > 1e150
            ? 0.5 / theta
            : Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        double c = 1 / Math.Sqrt(t * t + 1), s = t * c;
        a[p, p] -= t * apq;
        a[q, q] += t * apq;
        a[p, q] = a[q, p] = 0;
        for (int i = 0; i < a.Rows; i++)
        {
            if (i != p && i != q)
            {
                (double ip, double iq) = (a[i, p], a[i, q]);
                a[i, p] = a[p, i] = c * ip - s * iq;
                a[i, q] = a[q, i] = s * ip + c * iq;
            }
            (double vp, double vq) = (v[p, i], v[q, i]);
            v[p, i] = c * vp - s * vq;
            v[q, i] = s * vp + c * vq;
        }
    }
}
