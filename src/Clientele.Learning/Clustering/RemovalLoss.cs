using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>What the inertia would gain if a centre went and its rows moved to their second nearest.</summary>
internal static class RemovalLoss
{
    /// <summary>The centre least missed; of equal ones the lowest.</summary>
    public static int Least(LaneRows rows, double[] centres)
    {
        double[] losses = Of(rows, centres);
        return Array.IndexOf(losses, losses.Min());
    }

    /// <param name="centres">k × d, row-major, k ≥ 2.</param>
    /// <returns>One per centre, ≥ 0.</returns>
    internal static double[] Of(LaneRows rows, double[] centres)
    {
        int d = rows.Columns, k = centres.Length / d;
        var losses = new double[k];
        ref double lanes = ref MemoryMarshal.GetArrayDataReference(rows.Lanes);
        ref double table = ref MemoryMarshal.GetArrayDataReference(centres);
        for (int group = 0; group < rows.Groups; group++)
        {
            nuint at = (nuint)(group * d * LaneRows.Width);
            Vector512<double> best = Vector512.Create(double.PositiveInfinity), second = best;
            var nearest = Vector512<long>.Zero;
            for (int c = 0; c < k; c++)
            {
                var sum = Vector512<double>.Zero;
                for (nuint j = 0; j < (nuint)d; j++)
                {
                    var gap = Vector512.LoadUnsafe(ref lanes, at + j * LaneRows.Width) - Vector512.Create(Unsafe.Add(ref table, (nuint)(c * d) + j));
                    sum = Vector512.FusedMultiplyAdd(gap, gap, sum);
                }
                var closer = Vector512.LessThan(sum, best);
                second = Vector512.Min(second, Vector512.Max(sum, best));
                best = Vector512.ConditionalSelect(closer, sum, best);
                nearest = Vector512.ConditionalSelect(closer.AsInt64(), Vector512.Create((long)c), nearest);
            }
            var loss = second - best;
            for (int lane = 0; lane < Math.Min(LaneRows.Width, rows.Rows - group * LaneRows.Width); lane++)
                losses[nearest[lane]] += loss[lane] * rows.View.Weight(group * LaneRows.Width + lane);
        }
        return losses;
    }
}
