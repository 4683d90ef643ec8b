using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>eˣ of eight numbers at a time, the same bits on any width of hardware (the runtime's own differ where there is no fused multiply-add).</summary>
/// <remarks>x = n·ln 2 + r with |r| ≤ ln 2 / 2 (Cody &amp; Waite 1980), then the Taylor series of eʳ to r¹³: within 2 units of the last place.</remarks>
internal static class LaneExponential
{
    private const double Rounder = 6755399441055744;                    // 1.5 · 2⁵²: adding it leaves n in the lowest bits
    private const double LogTwoHigh = 0.693147180369123816490, LogTwoLow = 1.90821492927058770002e-10;
    private const double Least = -708;

    /// <param name="x">≤ 0. Below −708 the answer is 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> OfNegative(Vector512<double> x)
    {
        var held = Vector512.Max(x, Vector512.Create(Least));
        var shifted = Vector512.FusedMultiplyAdd(held, Vector512.Create(1.4426950408889634), Vector512.Create(Rounder));
        var n = shifted - Vector512.Create(Rounder);
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-LogTwoHigh), held);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-LogTwoLow), r);
        var sum = Vector512.Create(1.0 / 6227020800);
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 479001600));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 39916800));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 3628800));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 362880));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 40320));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 5040));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 720));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 120));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 24));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(1.0 / 6));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512.Create(0.5));
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512<double>.One);
        sum = Vector512.FusedMultiplyAdd(sum, r, Vector512<double>.One);
        var scaled = (sum.AsInt64() + Vector512.ShiftLeft(shifted.AsInt64(), 52)).AsDouble();
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(Least)), Vector512<double>.Zero, scaled);
    }
}
