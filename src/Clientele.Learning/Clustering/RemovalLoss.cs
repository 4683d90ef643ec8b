using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>What the inertia would gain if a centre went and its rows moved to their second nearest.</summary>
internal static class RemovalLoss
{
    /// <summary>The centre least missed; of equal ones the lowest.</summary>
    /// <param name="exact">Distances in double precision.</param>
    public static int Least(LaneRows rows, double[] centres, bool exact)
    {
        double[] losses = exact ? Of(rows.Doubles, centres) : Of(rows.Singles.Table, [.. rows.Singles.Frame.Enter(centres).Select(value => (float)value)]);
        return Array.IndexOf(losses, losses.Min());
    }

    /// <param name="centres">k × d, row-major, k ≥ 2.</param>
    /// <returns>One per centre, ≥ 0.</returns>
    internal static double[] Of<T>(LaneTable<T> rows, T[] centres) where T : unmanaged, INumber<T>
    {
        int d = rows.Columns, k = centres.Length / d, width = LaneTable<T>.Width;
        var losses = new double[k];
        ref T table = ref MemoryMarshal.GetArrayDataReference(centres);
        for (int group = 0; group < rows.Groups; group++)
        {
            ref T lanes = ref rows.Values[group * d * width];
            Vector512<T> best = Vector512.Create(T.CreateSaturating(double.PositiveInfinity)), second = best, nearest = default;
            for (int c = 0; c < k; c++)
            {
                var sum = Vector512<T>.Zero;
                for (int j = 0; j < d; j++)
                    sum = LaneTable<T>.AddSquare(Vector512.LoadUnsafe(ref lanes, (nuint)(j * width)) - Vector512.Create(Unsafe.Add(ref table, c * d + j)), sum);
                var closer = Vector512.LessThan(sum, best);
                second = Vector512.MinNative(second, Vector512.MaxNative(sum, best));
                best = Vector512.MinNative(sum, best);
                nearest = Vector512.ConditionalSelect(closer, Vector512.Create(T.CreateTruncating(c)), nearest);
            }
            var loss = second - best;
            for (int lane = 0, row = group * width; lane < Math.Min(width, rows.Rows - group * width); lane++, row++)
                losses[int.CreateTruncating(nearest[lane])] += double.CreateSaturating(loss[lane]) * (rows.Weights is { } weights ? double.CreateSaturating(weights[row]) : 1);
        }
        return losses;
    }
}
