namespace Clientele.Learning;

/// <summary>How a log-likelihood bends at a place: the eigenvalues of minus its second derivatives, by central differences of the gradient.</summary>
internal sealed record Curvature(SymmetricEigen Eigen)
{
    private const double Step = 1e-3;

    /// <summary>A change by a factor of ten along the flattest direction lowers the log-likelihood by less than a half.</summary>
    public bool IsFlat => Eigen.Values[^1] * Math.Log(10) * Math.Log(10) / 2 < 0.5;

    public static Curvature At(Ascent ascent, Ascent.Place place)
    {
        int k = place.Point.Length;
        var second = new Matrix(k, k);
        for (int i = 0; i < k; i++)
        {
            double[] above = [.. place.Point], below = [.. place.Point];
            above[i] += Step;
            below[i] -= Step;
            (double[] up, double[] down) = (ascent.At(above).Gradient, ascent.At(below).Gradient);
            for (int j = 0; j < k; j++)
                second[i, j] = (down[j] - up[j]) / (2 * Step);
        }
        for (int i = 0; i < k; i++)
            for (int j = 0; j < i; j++)
                second[i, j] = second[j, i] = (second[i, j] + second[j, i]) / 2;
        return new(SymmetricEigen.Of(second));
    }

    /// <summary>Null where it is not bent downwards in every direction.</summary>
    public Matrix? Inverse(double times = 1)
    {
        int k = Eigen.Values.Length;
        if (!(Eigen.Values[^1] > 1e-12 * Eigen.Values[0]))
            return null;
        var inverse = new Matrix(k, k);
        for (int e = 0; e < k; e++)
            for (int i = 0; i < k; i++)
                for (int j = 0; j < k; j++)
                    inverse[i, j] += times * Eigen.Vectors[e, i] * Eigen.Vectors[e, j] / Eigen.Values[e];
        return inverse;
    }
}
