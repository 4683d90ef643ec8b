namespace Clientele.Learning;

/// <summary>Lower triangular factor L of a symmetric positive definite matrix LLᵀ. Source: Golub &amp; Van Loan, Matrix Computations, §4.2.</summary>
internal static class Cholesky
{
    /// <summary>Packed rows of L⁻¹ (row j at j(j+1)/2), the way whitening uses them; null when the matrix is not positive definite in doubles.</summary>
    /// <param name="symmetric">d × d, row-major.</param>
    public static double[]? Inverse(ReadOnlySpan<double> symmetric, int d)
    {
        double[] factor = new double[d * (d + 1) / 2], inverse = new double[factor.Length];
        for (int j = 0; j < d; j++)
        {
            var row = factor.AsSpan(j * (j + 1) / 2);
            for (int i = 0; i <= j; i++)
            {
                var other = factor.AsSpan(i * (i + 1) / 2);
                double sum = symmetric[j * d + i];
                for (int m = 0; m < i; m++)
                    sum -= row[m] * other[m];
                if (i < j)
                    row[i] = sum / other[i];
                else if (sum > 1e-14 * symmetric[j * d + j] && double.IsFinite(sum))
                    row[j] = Math.Sqrt(sum);
                else
                    return null;
            }
        }
        for (int j = 0; j < d; j++)
        {
            var row = factor.AsSpan(j * (j + 1) / 2);
            var to = inverse.AsSpan(j * (j + 1) / 2);
            to[j] = 1 / row[j];
            for (int i = 0; i < j; i++)
            {
                double sum = 0;
                for (int m = i; m < j; m++)
                    sum -= row[m] * inverse[m * (m + 1) / 2 + i];
                to[i] = sum / row[j];
            }
        }
        return inverse;
    }
}
