using System.Numerics;

namespace Clientele.Learning;

/// <summary>
/// Gradients as whole numbers: their sums are exact, so they do not depend on the order or the number of threads that add them, and a node
/// less its left child is its right child to the last bit. The number of rows rides in the upper bits of the hessian.
/// </summary>
/// <param name="GradientUnit">A power of two: what 1 stands for.</param>
/// <param name="HessianUnit">A power of two: what 1 stands for.</param>
/// <param name="CountShift">Bits below the count.</param>
internal readonly record struct GradientScale(double GradientUnit, double HessianUnit, int CountShift)
{
    /// <param name="rows">Most rows that will be summed.</param>
    /// <param name="gradient">Largest absolute gradient.</param>
    /// <param name="hessian">Largest hessian.</param>
    public static GradientScale For(int rows, double gradient, double hessian)
    {
        int countBits = 32 - BitOperations.LeadingZeroCount((uint)rows), shift = 63 - countBits;
        return new(Unit(gradient, 62 - countBits), Unit(hessian, shift - countBits - 1), shift);
    }

    public long Gradient(double gradient) => (long)Math.Round(gradient / GradientUnit);

    /// <summary>One row's hessian, with the row counted.</summary>
    public long Hessian(double hessian) => (1L << CountShift) + (long)Math.Round(hessian / HessianUnit);

    public double GradientOf(long sum) => sum * GradientUnit;

    public double HessianOf(long sum) => (sum & ((1L << CountShift) - 1)) * HessianUnit;

    public int CountOf(long sum) => (int)(sum >> CountShift);

    // The largest value takes at most so many bits.
    private static double Unit(double largest, int bits) => largest == 0 ? 1 : Math.ScaleB(1, Math.ILogB(largest) + 1 - bits);
}
