using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>Left sums of every possible cut of one column, and what each cut gains.</summary>
/// <remarks>Lanes are cuts, each computed by itself, so the twin and every width agree to the bit.</remarks>
internal sealed class SplitGains
{
    private const int Most = 256;

    public double[] Gradients { get; } = new double[Most];
    public double[] Hessians { get; } = new double[Most];
    public double[] Counts { get; } = new double[Most];
    public double[] Gains { get; } = new double[Most];

    /// <summary>G_L²/(H_L+λ) + G_R²/(H_R+λ) for cuts 0 … cuts−1; −∞ where a side has too few rows or too little hessian.</summary>
    /// <param name="total">Of the node; so is <paramref name="rows"/>.</param>
    public void RunVector(int cuts, (double Gradient, double Hessian) total, double rows, BoostingOptions limits)
    {
        ref double gradient = ref MemoryMarshal.GetArrayDataReference(Gradients), hessian = ref MemoryMarshal.GetArrayDataReference(Hessians);
        ref double count = ref MemoryMarshal.GetArrayDataReference(Counts), gain = ref MemoryMarshal.GetArrayDataReference(Gains);
        var (allGradient, allHessian, allRows) = (Vector512.Create(total.Gradient), Vector512.Create(total.Hessian), Vector512.Create(rows));
        var (l2, leastHessian, leastRows) = (Vector512.Create(limits.L2), Vector512.Create(limits.MinLeafHessian), Vector512.Create((double)limits.MinLeafRows));
        for (nuint i = 0; i < (nuint)cuts; i += 8)
        {
            var (g, h, n) = (Vector512.LoadUnsafe(ref gradient, i), Vector512.LoadUnsafe(ref hessian, i), Vector512.LoadUnsafe(ref count, i));
            var (rightG, rightH, rightN) = (allGradient - g, allHessian - h, allRows - n);
            var fits = Vector512.GreaterThanOrEqual(Vector512.Min(n, rightN), leastRows) & Vector512.GreaterThanOrEqual(Vector512.Min(h, rightH), leastHessian);
            var value = g * g / (h + l2) + rightG * rightG / (rightH + l2);
            Vector512.ConditionalSelect(fits, value, Vector512.Create(double.NegativeInfinity)).StoreUnsafe(ref gain, i);
        }
    }

    /// <summary>The twin that says what <see cref="RunVector"/> means.</summary>
    internal void RunScalar(int cuts, (double Gradient, double Hessian) total, double rows, BoostingOptions limits)
    {
        for (int i = 0; i < cuts; i++)
        {
            double g = Gradients[i], h = Hessians[i], rightG = total.Gradient - g, rightH = total.Hessian - h;
            bool fits = Math.Min(Counts[i], rows - Counts[i]) >= limits.MinLeafRows && Math.Min(h, rightH) >= limits.MinLeafHessian;
            Gains[i] = fits ? g * g / (h + limits.L2) + rightG * rightG / (rightH + limits.L2) : double.NegativeInfinity;
        }
    }

    /// <summary>The same for a column that must stay monotone or a node with bounds: values are clamped, cuts that break the order drop out.</summary>
    /// <param name="sign">1 rising, −1 falling, 0 free.</param>
    public void RunBounded(int cuts, (double Gradient, double Hessian) total, double rows, BoostingOptions limits, LeafBounds bounds, int sign)
    {
        for (int i = 0; i < cuts; i++)
        {
            double g = Gradients[i], h = Hessians[i], rightG = total.Gradient - g, rightH = total.Hessian - h;
            double left = LeafValue(g, h, limits.L2, bounds), right = LeafValue(rightG, rightH, limits.L2, bounds);
            bool fits = Math.Min(Counts[i], rows - Counts[i]) >= limits.MinLeafRows && Math.Min(h, rightH) >= limits.MinLeafHessian && sign * (right - left) >= 0;
            Gains[i] = fits ? Score(g, h, limits.L2, left) + Score(rightG, rightH, limits.L2, right) : double.NegativeInfinity;
        }
    }

    /// <summary>−G/(H+λ) within the bounds; 0 without hessian.</summary>
    public static double LeafValue(double gradient, double hessian, double l2, LeafBounds bounds) =>
        bounds.Clamp(hessian + l2 > 0 ? -gradient / (hessian + l2) : 0);

    /// <summary>Twice what a leaf of this value takes off the loss: −2Gw − (H+λ)w², which is G²/(H+λ) for the best w.</summary>
    public static double Score(double gradient, double hessian, double l2, double value) =>
        -value * (2 * gradient + (hessian + l2) * value);
}
