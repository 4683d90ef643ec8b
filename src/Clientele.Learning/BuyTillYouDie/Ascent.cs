namespace Clientele.Learning;

/// <summary>Walks a log-likelihood uphill within the bounds of its space.</summary>
/// <remarks>BFGS with a backtracking line search; a coordinate at its bound is held there. Source: Nocedal &amp; Wright (2006), Numerical Optimization, §6.1, §3.1.</remarks>
internal sealed class Ascent(ILikelihood likelihood, ParameterSpace space)
{
    private const double LongestStep = 2;

    public int Evaluations { get; private set; }

    /// <param name="Point">In the coordinates of the space.</param>
    /// <param name="Gradient">By them.</param>
    /// <param name="Inverse">Of the curvature: what turned the last gradient into a step.</param>
    public sealed record Place(double[] Point, double Value, double[] Gradient, Matrix Inverse)
    {
        /// <summary>The largest derivative that a bound does not hold back.</summary>
        public double Score
        {
            get
            {
                double score = 0;
                for (int i = 0; i < Point.Length; i++)
                    if (!Held(Point[i], Gradient[i]))
                        score = Math.Max(score, Math.Abs(Gradient[i]));
                return score;
            }
        }
    }

    public (double Value, double[] Gradient) At(double[] point)
    {
        double[] gradient = new double[space.Count];
        double value = likelihood.Evaluate(space.ToLogs(point), gradient);
        Evaluations++;
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] *= space.Scales[i];
        return (value, gradient);
    }

    /// <param name="inverse">A guess of the inverse curvature; null for a cautious one.</param>
    /// <param name="tolerance">Ends when the score is no greater.</param>
    public Place Climb(double[] start, Matrix? inverse, double tolerance, int iterations, CancellationToken cancel)
    {
        (double value, double[] gradient) = At(start);
        var here = new Place(start, value, gradient, inverse ?? Diagonal(4 / likelihood.Weight));
        bool guessed = inverse is null;
        int level = 0;      // Steps in a row that gained nothing to speak of: a ridge that goes on for ever.
        for (int iteration = 0; iteration < iterations && here.Score > tolerance && level < 8; iteration++)
        {
            cancel.ThrowIfCancellationRequested();
            double[] direction = Direction(here);
            if (Line(here, direction) is not { } next)
            {
                if (guessed)
                    break;
                here = here with { Inverse = Diagonal(4 / likelihood.Weight) };     // What it has learned leads nowhere: begin again.
                guessed = true;
                continue;
            }
            level = next.Value - here.Value < 1e-8 ? level + 1 : 0;
            here = next with { Inverse = Updated(here, next, guessed) };
            guessed = false;
        }
        return here;
    }

    private double[] Direction(Place here)
    {
        int k = space.Count;
        double[] direction = new double[k];
        for (int i = 0; i < k; i++)
            if (!Held(here.Point[i], here.Gradient[i]))
                for (int j = 0; j < k; j++)
                    if (!Held(here.Point[j], here.Gradient[j]))
                        direction[i] += here.Inverse[i, j] * here.Gradient[j];
        double longest = direction.Max(Math.Abs);
        if (longest > LongestStep)
            for (int i = 0; i < k; i++)
                direction[i] *= LongestStep / longest;
        return direction;
    }

    private Place? Line(Place here, double[] direction)
    {
        double slope = Dot(here.Gradient, direction);
        if (!(slope > 0))
            return null;
        for (double length = 1; length > 1e-10; length *= 0.3)
        {
            double[] point = new double[space.Count];
            for (int i = 0; i < point.Length; i++)
                point[i] = Math.Clamp(here.Point[i] + length * direction[i], -ParameterSpace.Bound, ParameterSpace.Bound);
            (double value, double[] gradient) = At(point);
            var next = here with { Point = point, Value = value, Gradient = gradient };
            // Near the top the last digits of the value say nothing any more, but those of the gradient do.
            bool level = Math.Abs(value - here.Value) <= 1e-12 * Math.Abs(value) && next.Score < here.Score;
            if (level || value >= here.Value + 1e-4 * length * slope)
                return next;
        }
        return null;
    }

    private static Matrix Updated(Place from, Place to, bool guessed)
    {
        int k = from.Point.Length;
        double[] s = new double[k], y = new double[k];
        for (int i = 0; i < k; i++)
            (s[i], y[i]) = (to.Point[i] - from.Point[i], from.Gradient[i] - to.Gradient[i]);
        double sy = Dot(s, y), yy = Dot(y, y);
        if (sy <= 1e-12 * Math.Sqrt(Dot(s, s) * yy))
            return from.Inverse;
        var inverse = guessed ? Diagonal(sy / yy, k) : from.Inverse;
        double[] hy = new double[k];
        for (int i = 0; i < k; i++)
            hy[i] = Dot(inverse.Row(i), y);
        double yhy = Dot(y, hy);
        var updated = new Matrix(k, k);
        for (int i = 0; i < k; i++)
            for (int j = 0; j < k; j++)
                updated[i, j] = inverse[i, j] + (1 + yhy / sy) * s[i] * s[j] / sy - (hy[i] * s[j] + s[i] * hy[j]) / sy;
        return updated;
    }

    private Matrix Diagonal(double value) => Diagonal(value, space.Count);

    private static Matrix Diagonal(double value, int k)
    {
        var matrix = new Matrix(k, k);
        for (int i = 0; i < k; i++)
            matrix[i, i] = value;
        return matrix;
    }

    private static bool Held(double coordinate, double derivative) =>
        (coordinate >= ParameterSpace.Bound && derivative > 0) || (coordinate <= -ParameterSpace.Bound && derivative < 0);

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
