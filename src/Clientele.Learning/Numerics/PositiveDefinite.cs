namespace Clientele.Learning;

/// <summary>A symmetric positive definite matrix A, ready to be solved with.</summary>
internal sealed class PositiveDefinite
{
    private readonly double[] inverse;      // packed rows of L⁻¹, A = LLᵀ
    private readonly int size;

    private PositiveDefinite(double[] inverse, int size) => (this.inverse, this.size) = (inverse, size);

    /// <summary>Null if A is not positive definite in doubles.</summary>
    /// <param name="upper">p × p; the upper triangle is read.</param>
    /// <param name="shift">Added to the diagonal, ≥ 0.</param>
    public static PositiveDefinite? Of(Matrix upper, double shift = 0)
    {
        int p = upper.Rows;
        var symmetric = new Matrix(p, p);
        for (int i = 0; i < p; i++)
            for (int j = 0; j <= i; j++)
                symmetric[i, j] = upper[j, i] + (i == j ? shift : 0);
        return Cholesky.Inverse(symmetric.Values, p) is { } inverse ? new(inverse, p) : null;
    }

    /// <summary>x with A·x = b.</summary>
    public double[] Solve(ReadOnlySpan<double> b)
    {
        var x = new double[size];
        for (int j = 0; j < size; j++)
        {
            var row = inverse.AsSpan(j * (j + 1) / 2, j + 1);
            double sum = 0;
            for (int i = 0; i <= j; i++)
                sum += row[i] * b[i];
            ScaledAdd.Run(x, sum, row);
        }
        return x;
    }

    /// <summary>A⁻¹, p × p.</summary>
    public Matrix Inverse()
    {
        var whole = new Matrix(size, size);
        var unit = new double[size];
        for (int i = 0; i < size; i++)
        {
            unit[i] = 1;
            Solve(unit).CopyTo(whole.Row(i));
            unit[i] = 0;
        }
        return whole;
    }
}
