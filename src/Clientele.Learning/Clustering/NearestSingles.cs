using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>The nearest and the second nearest of the centres, for two groups of sixteen rows at once; of equally near centres the lowest.</summary>
/// <remarks>Σ(x−c)², not ‖x‖²−2x·c+‖c‖²: no cancellation. Source: Lloyd (1982), IEEE Trans. Inf. Theory 28(2), §II.</remarks>
internal static class NearestSingles
{
    public static bool HasVectors => Vector256.IsHardwareAccelerated;

    /// <summary>Squared distances and label, a lane for each row.</summary>
    internal struct Found
    {
        public Vector512<float> Nearest, Second;
        public Vector512<int> Label;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Offer(Vector512<float> distance, int centre)
        {
            var closer = Vector512.LessThan(distance, Nearest);
            Second = Vector512.MinNative(Second, Vector512.MaxNative(distance, Nearest));
            Nearest = Vector512.MinNative(Nearest, distance);
            Label = Vector512.ConditionalSelect(closer.AsInt32(), Vector512.Create(centre), Label);
        }
    }

    public static (Found Left, Found Right) Of(SingleRows rows, SingleCentres centres, int left, int right) =>
        HasVectors ? Vector(rows, centres, left, right) : (Scalar(rows, centres, left), Scalar(rows, centres, right));

    internal static (Found Left, Found Right) Vector(SingleRows rows, SingleCentres centres, int left, int right)
    {
        nuint d = (nuint)rows.Columns;
        ref float lanes = ref MemoryMarshal.GetArrayDataReference(rows.Lanes);
        ref float first = ref Unsafe.Add(ref lanes, (nuint)left * d * SingleRows.Width);
        ref float other = ref Unsafe.Add(ref lanes, (nuint)right * d * SingleRows.Width);
        ref float table = ref MemoryMarshal.GetArrayDataReference(centres.Table);
        Found a = default, b = default;
        a.Nearest = a.Second = b.Nearest = b.Second = Vector512.Create(float.PositiveInfinity);
        int padded = centres.Table.Length / rows.Columns;
        for (int c = 0; c < padded; c += SingleCentres.Together)
        {
            Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
            for (nuint j = 0; j < d; j++)
            {
                var x = Vector512.LoadUnsafe(ref first, j * SingleRows.Width);
                var y = Vector512.LoadUnsafe(ref other, j * SingleRows.Width);
                var centre = Vector512.Create(table);
                a0 = AddSquare(x - centre, a0);
                b0 = AddSquare(y - centre, b0);
                centre = Vector512.Create(Unsafe.Add(ref table, 1));
                a1 = AddSquare(x - centre, a1);
                b1 = AddSquare(y - centre, b1);
                centre = Vector512.Create(Unsafe.Add(ref table, 2));
                a2 = AddSquare(x - centre, a2);
                b2 = AddSquare(y - centre, b2);
                centre = Vector512.Create(Unsafe.Add(ref table, 3));
                a3 = AddSquare(x - centre, a3);
                b3 = AddSquare(y - centre, b3);
                table = ref Unsafe.Add(ref table, SingleCentres.Together);
            }
            a.Offer(a0, c);
            a.Offer(a1, c + 1);
            a.Offer(a2, c + 2);
            a.Offer(a3, c + 3);
            b.Offer(b0, c);
            b.Offer(b1, c + 1);
            b.Offer(b2, c + 2);
            b.Offer(b3, c + 3);
        }
        return (a, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> AddSquare(Vector512<float> gap, Vector512<float> sum) => Vector512.FusedMultiplyAdd(gap, gap, sum);

    /// <summary>The twin that says what <see cref="Vector"/> means, for one group.</summary>
    internal static Found Scalar(SingleRows rows, SingleCentres centres, int group)
    {
        int d = rows.Columns;
        Span<float> nearest = stackalloc float[SingleRows.Width], second = stackalloc float[SingleRows.Width];
        Span<int> label = stackalloc int[SingleRows.Width];
        for (int lane = 0; lane < SingleRows.Width; lane++)
        {
            (nearest[lane], second[lane]) = (float.PositiveInfinity, float.PositiveInfinity);
            for (int c = 0; c < centres.Table.Length / d; c++)
            {
                float distance = 0;
                for (int j = 0; j < d; j++)
                {
                    float gap = rows.Lanes[(group * d + j) * SingleRows.Width + lane] - centres.Table[(c / SingleCentres.Together * d + j) * SingleCentres.Together + c % SingleCentres.Together];
                    distance = MathF.FusedMultiplyAdd(gap, gap, distance);
                }
                if (distance < nearest[lane])
                    (nearest[lane], second[lane], label[lane]) = (distance, nearest[lane], c);
                else if (distance < second[lane])
                    second[lane] = distance;
            }
        }
        return new() { Nearest = Vector512.Create<float>(nearest), Second = Vector512.Create<float>(second), Label = Vector512.Create<int>(label) };
    }
}
