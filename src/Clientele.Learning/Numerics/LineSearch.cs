namespace Clientele.Learning;

/// <summary>The top of a function of one number.</summary>
internal static class LineSearch
{
    private const double Golden = 0.3819660112501051;       // (3 − √5)/2

    /// <summary>Walks uphill from two points until the top is bracketed, then closes in on it.</summary>
    public static double Maximise(Func<double, double> height, double from, double to)
    {
        (double a, double b) = (from, to);
        (double fa, double fb) = (height(a), height(b));
        if (fb < fa)
            (a, b, fa, fb) = (b, a, fb, fa);
        double c = b + 1.618034 * (b - a), fc = height(c);
        for (int step = 0; fc > fb && step < 50; step++)
        {
            (a, b, fb) = (b, c, fc);
            c = b + 1.618034 * (b - a);
            fc = height(c);
        }
        return Brent(height, Math.Min(a, c), Math.Max(a, c), b);
    }

    // Brent (1973), Algorithms for Minimization without Derivatives, ch. 5: a parabola through the three best points,
    // a golden section where that does not help.
    private static double Brent(Func<double, double> height, double low, double high, double start)
    {
        const double tolerance = 1e-9;
        double best = start, second = start, third = start;
        double fBest = height(best), fSecond = fBest, fThird = fBest;
        double step = 0, before = 0;
        for (int iteration = 0; iteration < 200; iteration++)
        {
            double middle = (low + high) / 2, near = tolerance * Math.Abs(best) + 1e-11;
            if (Math.Abs(best - middle) <= 2 * near - (high - low) / 2)
                break;
            double r = (best - second) * (fBest - fThird), q = (best - third) * (fBest - fSecond);
            double p = (best - third) * q - (best - second) * r;
            q = 2 * (q - r);
            p = q > 0 ? -p : p;
            q = Math.Abs(q);
            bool parabola = Math.Abs(before) > near && Math.Abs(p) < Math.Abs(q * before / 2) && p > q * (low - best) && p < q * (high - best);
            if (parabola)
                (before, step) = (step, p / q);
            else
            {
                before = best >= middle ? low - best : high - best;
                step = Golden * before;
            }
            double next = best + (Math.Abs(step) >= near ? step : Math.CopySign(near, step)), fNext = height(next);
            if (fNext >= fBest)
            {
                (low, high) = next >= best ? (best, high) : (low, best);
                (third, fThird, second, fSecond, best, fBest) = (second, fSecond, best, fBest, next, fNext);
            }
            else
            {
                (low, high) = next < best ? (next, high) : (low, next);
                if (fNext >= fSecond || second == best)
                    (third, fThird, second, fSecond) = (second, fSecond, next, fNext);
                else if (fNext >= fThird || third == best || third == second)
                    (third, fThird) = (next, fNext);
            }
        }
        return best;
    }
}
