namespace Clientele.Learning;

/// <summary>
/// The chance to leave after time t, against that of being alive at t and no more said: with R = r+x the integral over τ from t to ∞ of
/// (R+s)((α+τ)/(α+t))^{−R}((β+τ)/(β+t))^{−s}/(β+τ), between 1 and (R+s)/s, in logarithms, with its derivatives.
/// </summary>
/// <remarks>
/// After Euler's transformation it is ₂F₁(1, R; R+s+1; (α−β)/(α+t)) for α ≥ β and (α+t)/(β+t)·₂F₁(1, s+1; R+s+1; (β−α)/(β+t)) else: series of positive
/// terms that fall geometrically, with no branch at α = β. Where they would fall slowly the trapezoidal rule takes over, see <see cref="BetaMean"/>.
/// </remarks>
internal readonly record struct ParetoTail(double Log, double ByShape, double ByAlpha, double ByS, double ByBeta)
{
    private const double SlowestRatio = 0.97, Step = 0.2;

    /// <param name="shape">R = r + x &gt; 0.</param>
    /// <param name="time">t ≥ 0.</param>
    public static ParetoTail Of(double shape, double s, double alpha, double beta, double time)
    {
        bool alphaGreater = alpha >= beta;
        double more = Math.Max(alpha, beta) + time, less = Math.Min(alpha, beta) + time, z = Math.Abs(alpha - beta) / more;
        (double b, double c) = (alphaGreater ? shape : s + 1, shape + s + 1);
        var tail = z < SlowestRatio ? Series(b, c, z) : Integral(b, c, z, less / more);
        // From (value, by its own two exponents, by z) to the four parameters.
        return alphaGreater
            ? new(tail.Log, tail.ByB + tail.ByC, tail.ByZ * less / (more * more), tail.ByC, -tail.ByZ / more)
            : new(tail.Log + Math.Log(less / more), tail.ByC, 1 / less - tail.ByZ / more, tail.ByB + tail.ByC, -1 / more + tail.ByZ * less / (more * more));
    }

    // ln ₂F₁(1, b; c; z) and its derivatives.
    private static (double Log, double ByB, double ByC, double ByZ) Series(double b, double c, double z)
    {
        (double sum, double byB, double byC, double byZ) = (1, 0, 0, 0);
        (double term, double harmonicB, double harmonicC) = (1, 0, 0);
        for (int k = 0; k < 5000; k++)
        {
            double overC = 1 / (c + k);
            harmonicB += 1 / (b + k);
            harmonicC += overC;
            term *= (b + k) * overC * z;
            sum += term;
            byB += term * harmonicB;
            byC -= term * harmonicC;
            byZ += term * (k + 1);
            if (term * (k + 1) * (1 + harmonicB) <= 1e-17 * sum * (1 - z))
                break;
        }
        return (Math.Log(sum), byB / sum, byC / sum, z == 0 ? b / c : byZ / sum / z);
    }

    // Euler's integral, with u = ln((1−q)/q): (c−1) ∫ q^{c−1} ((1−z)/(1−zq))^{c−1−b} (1−q)/(1−zq) du. Derivatives are means of logarithms.
    private static (double Log, double ByB, double ByC, double ByZ) Integral(double b, double c, double z, double rest)
    {
        (double all, double power) = (c - 1, c - 1 - b);
        double top = -Math.Log(c + (1 + Math.Max(power, 0)) / rest), ratio = Math.Exp(-all * Step), fallen = -Elementary.ExpMinusOne(-all * Step);
        (double sum, double minusLogQ, double stretch, double byZ) = (0, 0, 0, 0);
        foreach (int direction in (ReadOnlySpan<int>)[-1, 1])
            for (int k = direction < 0 ? 1 : 0; ; k++)
            {
                double u = top + direction * k * Step, e = Math.Exp(-Math.Abs(u)), p = (u < 0 ? e : 1) / (1 + e), q = (u < 0 ? 1 : e) / (1 + e);
                double down = LogSpace.OnePlusExp(u), gap = rest + z * p, wider = Elementary.LogOnePlus(z * p / rest);
                double term = Math.Exp(-all * down - power * wider) * p / gap;
                bool constant = direction > 0 && q * (all + 2 + Math.Abs(power)) < 1e-17;
                double series = constant ? 1 / fallen : 1;      // From here on every term is the last one times the ratio.
                sum += term * series;
                minusLogQ += term * (down * series + (constant ? Step * ratio / (fallen * fallen) : 0));
                stretch += term * wider * series;
                byZ += term * (q - power * p / rest) / gap * series;
                if (constant || (term <= 1e-19 * sum && term * (down + wider) <= 1e-19 * (minusLogQ + stretch)))
                    break;
            }
        return (Math.Log(sum * Step * all), stretch / sum, 1 / all - (minusLogQ + stretch) / sum, byZ / sum);
    }
}
