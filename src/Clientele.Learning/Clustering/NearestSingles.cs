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
    internal struct Found : INearestFound<Found>
    {
        public Vector512<float> Nearest, Second;
        public Vector512<int> Label;

        public static Found None => new() { Nearest = Vector512.Create(float.PositiveInfinity), Second = Vector512.Create(float.PositiveInfinity) };

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Offer(Vector512<float> distance, int centre)
        {
            var closer = Vector512.LessThan(distance, Nearest);
            Second = Vector512.MinNative(Second, Vector512.MaxNative(distance, Nearest));
            Nearest = Vector512.MinNative(Nearest, distance);
            Label = Vector512.ConditionalSelect(closer.AsInt32(), Vector512.Create(centre), Label);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly ulong Doubtful(float epsilon, float apart, float margin) => Slack.Within(Nearest, Second, epsilon, apart, margin);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(int count, Span<int> labels, Span<int> seconds) => NearestSingles.Store(Label, count, labels);
    }

    /// <summary>And the second nearest by name.</summary>
    internal struct FoundTwo : INearestFound<FoundTwo>
    {
        public Vector512<float> Nearest, Second, Third;
        public Vector512<int> Label, SecondLabel;

        public static FoundTwo None
        {
            get
            {
                var far = Vector512.Create(float.PositiveInfinity);
                return new() { Nearest = far, Second = far, Third = far };
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Offer(Vector512<float> distance, int centre)
        {
            var name = Vector512.Create(centre);
            var closer = Vector512.LessThan(distance, Nearest).AsInt32();
            var next = Vector512.LessThan(distance, Second).AsInt32();
            Third = Vector512.MinNative(Third, Vector512.MaxNative(distance, Second));
            Second = Vector512.MinNative(Second, Vector512.MaxNative(distance, Nearest));
            Nearest = Vector512.MinNative(Nearest, distance);
            SecondLabel = Vector512.ConditionalSelect(closer, Label, Vector512.ConditionalSelect(next, name, SecondLabel));
            Label = Vector512.ConditionalSelect(closer, name, Label);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly ulong Doubtful(float epsilon, float apart, float margin) =>
            Slack.Within(Nearest, Second, epsilon, apart, margin) | Slack.Within(Second, Third, epsilon, apart, margin);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(int count, Span<int> labels, Span<int> seconds)
        {
            NearestSingles.Store(Label, count, labels);
            NearestSingles.Store(SecondLabel, count, seconds);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Found Left, Found Right) Of(SingleRows rows, SingleCentres centres, int left, int right) =>
        HasVectors ? Vector(rows, centres, left, right) : (Scalar(rows, centres, left), Scalar(rows, centres, right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (Found Left, Found Right) Vector(SingleRows rows, SingleCentres centres, int left, int right)
    {
        int group = rows.Columns * SingleRows.Width;
        ref float lanes = ref MemoryMarshal.GetArrayDataReference(rows.Lanes);
        return Vector<Found>(ref Unsafe.Add(ref lanes, (nint)left * group), ref Unsafe.Add(ref lanes, (nint)right * group), rows.Columns, centres);
    }

    /// <param name="first">Columns × 16.</param>
    /// <param name="other">The same of the other group.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (T Left, T Right) Vector<T>(ref float first, ref float other, int columns, SingleCentres centres) where T : struct, INearestFound<T>
    {
        nuint d = (nuint)columns;
        ref float table = ref MemoryMarshal.GetArrayDataReference(centres.Table);
        T a = T.None, b = T.None;
        int padded = centres.Table.Length / columns;
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<int> values, int count, Span<int> all)
    {
        if (count == SingleRows.Width)
            values.CopyTo(all);
        else
            for (int lane = 0; lane < count; lane++)
                all[lane] = values[lane];
    }

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
