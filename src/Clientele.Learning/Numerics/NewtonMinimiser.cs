namespace Clientele.Learning;

/// <summary>The least value of a smooth function of few variables, from its gradient and curvature.</summary>
/// <remarks>
/// Newton's method with halved steps (Nocedal &amp; Wright 2006, ch. 3); where the curvature is not positive definite its diagonal is raised (Levenberg).
/// Converged: a full step changes no variable by more than 1e-10 of the largest.
/// </remarks>
internal sealed record NewtonMinimiser(double[] At, Matrix Curvature, double Value, int Iterations, bool Converged)
{
    /// <param name="gradient">p out.</param>
    /// <param name="curvature">p × p out; the upper triangle counts.</param>
    /// <returns>The value; +∞ or NaN where the function is not defined.</returns>
    public delegate double Objective(ReadOnlySpan<double> at, Span<double> gradient, Matrix curvature);

    public static NewtonMinimiser Run(Objective objective, double[] start, int maxIterations, CancellationToken cancel)
    {
        int p = start.Length;
        var (at, gradient, curvature) = (start, new double[p], new Matrix(p, p));
        var (next, nextGradient, nextCurvature) = (new double[p], new double[p], new Matrix(p, p));
        double value = objective(at, gradient, curvature);
        for (int iteration = 1; iteration <= maxIterations; iteration++)
        {
            cancel.ThrowIfCancellationRequested();
            double[] step = Factor(curvature).Solve(gradient);
            double slope = 0, largest = 0, size = 1;
            for (int j = 0; j < p; j++)
            {
                slope += step[j] * gradient[j];
                largest = Math.Max(largest, Math.Abs(step[j]));
                size = Math.Max(size, Math.Abs(at[j]));
            }
            bool near = largest <= 1e-10 * size;
            // Near the bottom the values differ by less than their rounding.
            double rounding = 1e-13 * Math.Abs(value), length = 1, nextValue;
            while (true)
            {
                for (int j = 0; j < p; j++)
                    next[j] = at[j] - length * step[j];
                nextValue = objective(next, nextGradient, nextCurvature);
                if (nextValue <= value - 1e-4 * length * slope + rounding)
                    break;
                length /= 2;
                if (length < 1e-12)
                    return new(at, curvature, value, iteration, near);
            }
            (at, next, gradient, nextGradient, curvature, nextCurvature) = (next, at, nextGradient, gradient, nextCurvature, curvature);
            value = nextValue;
            if (near && length == 1)
                return new(at, curvature, value, iteration, true);
        }
        return new(at, curvature, value, maxIterations, false);
    }

    /// <summary>Of the curvature, or of what it becomes when its diagonal is raised until it is positive definite.</summary>
    public static PositiveDefinite Factor(Matrix curvature)
    {
        double largest = 0;
        for (int j = 0; j < curvature.Rows; j++)
            largest = Math.Max(largest, Math.Abs(curvature[j, j]));
        for (double shift = 0; ; shift = shift == 0 ? 1e-12 * largest + 1e-300 : 10 * shift)
            if (PositiveDefinite.Of(curvature, shift) is { } factor)
                return factor;
            else if (!double.IsFinite(shift))
                throw new ArithmeticException("The curvature of the objective is not finite.");
    }
}
