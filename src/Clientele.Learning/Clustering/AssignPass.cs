using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>Gives every row of a range the label of its nearest centre; of equally near centres the lowest.</summary>
/// <remarks>Σ(x−c)², not ‖x‖²−2x·c+‖c‖²: no cancellation. Source: Lloyd (1982), IEEE Trans. Inf. Theory 28(2), §II.</remarks>
internal static class AssignPass
{
    public static bool HasVectors => Vector256.IsHardwareAccelerated;

    /// <param name="centres">k × d, row-major, k even: <see cref="Even"/>.</param>
    /// <param name="firstGroup">Groups of eight rows, from here …</param>
    /// <param name="endGroup">… to before here.</param>
    /// <param name="labels">In: the labels before. Out: the labels now. As long as all groups together.</param>
    /// <returns>Did any label change?</returns>
    public static bool Run(LaneRows rows, double[] centres, int firstGroup, int endGroup, int[] labels) =>
        HasVectors ? RunVector(rows, centres, firstGroup, endGroup, labels) : RunScalar(rows, centres, firstGroup, endGroup, labels);

    /// <summary>The centres, with one at +∞ added when they are odd in number: it is never nearest.</summary>
    public static double[] Even(ReadOnlySpan<double> centres, int columns)
    {
        int k = centres.Length / columns;
        var even = new double[(k + k % 2) * columns];
        Array.Fill(even, double.PositiveInfinity);
        centres.CopyTo(even);
        return even;
    }

    internal static bool RunVector(LaneRows rows, double[] centres, int firstGroup, int endGroup, int[] labels)
    {
        int d = rows.Columns, k = centres.Length / d;
        ref double lanes = ref MemoryMarshal.GetArrayDataReference(rows.Lanes);
        ref double table = ref MemoryMarshal.GetArrayDataReference(centres);
        ref int label = ref MemoryMarshal.GetArrayDataReference(labels);
        var changed = Vector256<int>.Zero;
        for (int group = firstGroup; group < endGroup; group++)
        {
            nuint at = (nuint)(group * d * LaneRows.Width);
            var best = Vector512.Create(double.PositiveInfinity);
            var nearest = Vector512<long>.Zero;
            for (int c = 0; c < k; c += 2)
            {
                nuint left = (nuint)(c * d), right = left + (nuint)d;
                Vector512<double> sumLeft = Vector512<double>.Zero, sumRight = Vector512<double>.Zero;
                for (nuint j = 0; j < (nuint)d; j++)
                {
                    var x = Vector512.LoadUnsafe(ref lanes, at + j * LaneRows.Width);
                    var gapLeft = x - Vector512.Create(System.Runtime.CompilerServices.Unsafe.Add(ref table, left + j));
                    var gapRight = x - Vector512.Create(System.Runtime.CompilerServices.Unsafe.Add(ref table, right + j));
                    sumLeft = Vector512.FusedMultiplyAdd(gapLeft, gapLeft, sumLeft);
                    sumRight = Vector512.FusedMultiplyAdd(gapRight, gapRight, sumRight);
                }
                var closer = Vector512.LessThan(sumLeft, best);
                best = Vector512.ConditionalSelect(closer, sumLeft, best);
                nearest = Vector512.ConditionalSelect(closer.AsInt64(), Vector512.Create((long)c), nearest);
                closer = Vector512.LessThan(sumRight, best);
                best = Vector512.ConditionalSelect(closer, sumRight, best);
                nearest = Vector512.ConditionalSelect(closer.AsInt64(), Vector512.Create((long)c + 1), nearest);
            }
            var now = Vector512.Narrow(nearest, Vector512<long>.Zero).GetLower();
            changed |= now ^ Vector256.LoadUnsafe(ref label, (nuint)(group * LaneRows.Width));
            now.StoreUnsafe(ref label, (nuint)(group * LaneRows.Width));
        }
        return changed != Vector256<int>.Zero;
    }

    /// <summary>The twin that says what <see cref="RunVector"/> means.</summary>
    internal static bool RunScalar(LaneRows rows, double[] centres, int firstGroup, int endGroup, int[] labels)
    {
        int d = rows.Columns;
        bool changed = false;
        for (int i = firstGroup * LaneRows.Width; i < endGroup * LaneRows.Width; i++)
        {
            var row = rows.Row(Math.Min(i, rows.Rows - 1));
            (double best, int nearest) = (double.PositiveInfinity, 0);
            for (int c = 0; c * d < centres.Length; c++)
            {
                double distance = LaneRows.SquaredDistance(row, centres.AsSpan(c * d, d));
                if (distance < best)
                    (best, nearest) = (distance, c);
            }
            changed |= labels[i] != nearest;
            labels[i] = nearest;
        }
        return changed;
    }
}
