namespace Clientele.Learning;

/// <summary>The mean of a positive function of p when p ~ Beta(a, b), to 1e-14 or so whatever a and b.</summary>
/// <remarks>
/// With u = ln(p/(1−p)) the weight is pᵃ(1−p)ᵇ du, analytic in |Im u| &lt; π and falling at both ends like eᵃᵘ and e⁻ᵇᵘ: the trapezoidal rule over all
/// of u converges geometrically (Trefethen &amp; Weideman 2014, SIAM Review 56(3), §5), and where the function has become constant what is left of the
/// sum is a geometric series. Dividing by the same sum without the function spares the normaliser B(a, b) and its digits.
/// </remarks>
internal static class BetaMean
{
    /// <summary>A positive, monotone function of p, analytic where Re p ≥ 0.</summary>
    public interface IFunction
    {
        /// <param name="p">0 … 1.</param>
        /// <param name="rest">1 − p, to its own last digit.</param>
        double At(double p, double rest);

        /// <summary>1/p where the function begins to differ from its value at p = 0 by as much as that value, or more.</summary>
        double SteepnessAtZero { get; }

        /// <summary>Likewise from p = 1 downwards.</summary>
        double SteepnessAtOne { get; }
    }

    /// <param name="a">&gt; 0.</param>
    /// <param name="b">&gt; 0.</param>
    public static double Of<TFunction>(double a, double b, TFunction function) where TFunction : IFunction
    {
        double step = Math.Min(0.2, 0.6 * Math.Sqrt(1 / a + 1 / b));
        double top = Math.Log(a / b), height = -a * LogSpace.OnePlusExp(-top) - b * LogSpace.OnePlusExp(top);
        (double weights, double sum) = (0, 0);
        March(-1, 1, b + 1 + function.SteepnessAtZero, -Elementary.ExpMinusOne(-a * step));
        March(1, 0, a + 1 + function.SteepnessAtOne, -Elementary.ExpMinusOne(-b * step));
        return sum / weights;

        // From the top of the weight outwards, until nothing is added or only a geometric series is left.
        void March(int direction, int first, double steepness, double fallen)
        {
            for (int k = first; ; k++)
            {
                double u = top + direction * k * step, e = Math.Exp(-Math.Abs(u)), near = 1 / (1 + e), far = e * near;
                (double p, double rest) = u < 0 ? (far, near) : (near, far);
                double weight = Math.Exp(-a * LogSpace.OnePlusExp(-u) - b * LogSpace.OnePlusExp(u) - height), value = weight * function.At(p, rest);
                bool constant = (direction < 0 ? p : rest) * steepness < 1e-17;
                double all = constant ? 1 / fallen : 1;
                weights += weight * all;
                sum += value * all;
                if (constant || (weight <= 1e-18 * weights && value <= 1e-18 * sum))
                    return;
            }
        }
    }
}
