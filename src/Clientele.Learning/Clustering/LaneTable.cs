using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>Rows side by side, as many as numbers fit 64 bytes: eight doubles or sixteen singles. A group is columns × that many.</summary>
/// <param name="Values">Groups × columns × width. Lanes past the end repeat the last row.</param>
/// <param name="Weights">One per lane, positive; null: all 1.</param>
internal sealed record LaneTable<T>(T[] Values, int Rows, int Columns, T[]? Weights) where T : unmanaged
{
    public static int Width => Vector512<T>.Count;

    public int Groups => (Rows + Width - 1) / Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AddSquare(Vector512<T> gap, Vector512<T> sum) => typeof(T) == typeof(float)
        ? Vector512.FusedMultiplyAdd(gap.AsSingle(), gap.AsSingle(), sum.AsSingle()).As<float, T>()
        : Vector512.FusedMultiplyAdd(gap.AsDouble(), gap.AsDouble(), sum.AsDouble()).As<double, T>();

    public void CopyRow(int row, Span<T> values)
    {
        int at = row / Width * Columns * Width + row % Width;
        for (int j = 0; j < Columns; j++)
            values[j] = Values[at + j * Width];
    }
}
