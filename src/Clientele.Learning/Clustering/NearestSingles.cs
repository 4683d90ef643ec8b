using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>The nearest and the second nearest of the centres, for two groups of sixteen rows at once; of equally near centres the lowest.</summary>
/// <remarks>Σ(x−c)², not ‖x‖²−2x·c+‖c‖²: no cancellation. Source: Lloyd (1982), IEEE Trans. Inf. Theory 28(2), §II.</remarks>
internal static class NearestSingles
{
    private const int Eight = 2 * SingleCentres.Together;

    public static bool HasVectors => Vector256.IsHardwareAccelerated;

    /// <summary>Squared distances and label, a lane for each row.</summary>
    internal struct Found : INearestFound<Found>
    {
        public Vector512<float> Nearest, Second;
        public Vector512<int> Label;

        public static Found None
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => new() { Nearest = Vector512.Create(float.PositiveInfinity), Second = Vector512.Create(float.PositiveInfinity) };
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Offer(Vector512<float> d0, Vector512<float> d1, Vector512<float> d2, Vector512<float> d3, int first)
        {
            var (low01, low23) = (Vector512.MinNative(d0, d1), Vector512.MinNative(d2, d3));
            var low = Vector512.MinNative(low01, low23);
            var high = Vector512.MinNative(Vector512.MaxNative(low01, low23), Vector512.MinNative(Vector512.MaxNative(d0, d1), Vector512.MaxNative(d2, d3)));
            var label = Choose(low23, low01, Choose(d3, d2, Name(first + 3), Name(first + 2)), Choose(d1, d0, Name(first + 1), Name(first)));
            Label = Choose(low, Nearest, label, Label.AsSingle()).AsInt32();
            Second = Vector512.MinNative(Vector512.MinNative(Second, high), Vector512.MaxNative(low, Nearest));
            Nearest = Vector512.MinNative(Nearest, low);
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
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get
            {
                var far = Vector512.Create(float.PositiveInfinity);
                return new() { Nearest = far, Second = far, Third = far };
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Offer(Vector512<float> d0, Vector512<float> d1, Vector512<float> d2, Vector512<float> d3, int first)
        {
            Offer(d0, first);
            Offer(d1, first + 1);
            Offer(d2, first + 2);
            Offer(d3, first + 3);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Offer(Vector512<float> distance, int centre)
        {
            var (name, label) = (Name(centre), Label.AsSingle());
            SecondLabel = Choose(distance, Nearest, label, Choose(distance, Second, name, SecondLabel.AsSingle())).AsInt32();
            Label = Choose(distance, Nearest, name, label).AsInt32();
            Third = Vector512.MinNative(Third, Vector512.MaxNative(distance, Second));
            Second = Vector512.MinNative(Second, Vector512.MaxNative(distance, Nearest));
            Nearest = Vector512.MinNative(Nearest, distance);
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

    /// <summary>Of two groups.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Of(SingleRows rows, SingleCentres centres, int left, int right, out Found ofLeft, out Found ofRight)
    {
        if (HasVectors)
        {
            int group = rows.Columns * SingleRows.Width;
            ref float lanes = ref MemoryMarshal.GetArrayDataReference(rows.Lanes);
            Vector(ref Unsafe.Add(ref lanes, (nint)left * group), ref Unsafe.Add(ref lanes, (nint)right * group), rows.Columns, centres, out ofLeft, out ofRight);
        }
        else
            (ofLeft, ofRight) = (Scalar(rows, centres, left), Scalar(rows, centres, right));
    }

    /// <param name="first">Columns × 16.</param>
    /// <param name="other">The same of the other group.</param>
    /// <remarks>A method of its own, so that what the loops need stays in registers.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Vector<T>(ref float first, ref float other, int columns, SingleCentres centres, out T left, out T right) where T : struct, INearestFound<T>
    {
        ref float table = ref MemoryMarshal.GetArrayDataReference(centres.Table);
        T a = T.None, b = T.None;
        int padded = centres.Table.Length / columns, four = columns * SingleCentres.Together, c = 0;
        nint apart = Unsafe.ByteOffset(ref first, ref other);
        for (; Vector512.IsHardwareAccelerated && c + Eight <= padded; c += Eight, table = ref Unsafe.Add(ref table, four))
        {
            Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default, a7 = default;
            Vector512<float> b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default, b6 = default, b7 = default;
            ref float lanes = ref first;
            for (int j = columns; j > 0; j--)
            {
                var x = Vector512.LoadUnsafe(ref lanes);
                var y = Vector512.LoadUnsafe(ref Unsafe.AddByteOffset(ref lanes, apart));
                AddSquares(x, y, table, ref a0, ref b0);
                AddSquares(x, y, Unsafe.Add(ref table, 1), ref a1, ref b1);
                AddSquares(x, y, Unsafe.Add(ref table, 2), ref a2, ref b2);
                AddSquares(x, y, Unsafe.Add(ref table, 3), ref a3, ref b3);
                ref float next = ref Unsafe.Add(ref table, four);
                AddSquares(x, y, next, ref a4, ref b4);
                AddSquares(x, y, Unsafe.Add(ref next, 1), ref a5, ref b5);
                AddSquares(x, y, Unsafe.Add(ref next, 2), ref a6, ref b6);
                AddSquares(x, y, Unsafe.Add(ref next, 3), ref a7, ref b7);
                lanes = ref Unsafe.Add(ref lanes, SingleRows.Width);
                table = ref Unsafe.Add(ref table, SingleCentres.Together);
            }
            a.Offer(a0, a1, a2, a3, c);
            b.Offer(b0, b1, b2, b3, c);
            a.Offer(a4, a5, a6, a7, c + SingleCentres.Together);
            b.Offer(b4, b5, b6, b7, c + SingleCentres.Together);
        }
        for (; c < padded; c += SingleCentres.Together)
        {
            Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
            ref float lanes = ref first;
            for (int j = columns; j > 0; j--)
            {
                var x = Vector512.LoadUnsafe(ref lanes);
                var y = Vector512.LoadUnsafe(ref Unsafe.AddByteOffset(ref lanes, apart));
                AddSquares(x, y, table, ref a0, ref b0);
                AddSquares(x, y, Unsafe.Add(ref table, 1), ref a1, ref b1);
                AddSquares(x, y, Unsafe.Add(ref table, 2), ref a2, ref b2);
                AddSquares(x, y, Unsafe.Add(ref table, 3), ref a3, ref b3);
                lanes = ref Unsafe.Add(ref lanes, SingleRows.Width);
                table = ref Unsafe.Add(ref table, SingleCentres.Together);
            }
            a.Offer(a0, a1, a2, a3, c);
            b.Offer(b0, b1, b2, b3, c);
        }
        (left, right) = (a, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSquares(Vector512<float> x, Vector512<float> y, float value, ref Vector512<float> ofX, ref Vector512<float> ofY)
    {
        var centre = Vector512.Create(value);
        var (gapX, gapY) = (x - centre, y - centre);
        ofX = Vector512.FusedMultiplyAdd(gapX, gapX, ofX);
        ofY = Vector512.FusedMultiplyAdd(gapY, gapY, ofY);
    }

    // Where the one is less than the other. Names travel as single precision, for then a choice by their distances is one instruction.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Choose(Vector512<float> one, Vector512<float> other, Vector512<float> less, Vector512<float> not) =>
        Vector512.ConditionalSelect(Vector512.LessThan(one, other), less, not);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Name(int centre) => Vector512.Create(BitConverter.Int32BitsToSingle(centre));

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
