using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Clientele.Learning;

/// <summary>
/// How far centres may drift before any of sixteen rows can change its label: the least of (second distance − least distance), less what rounding may have
/// done. One bound for a group of rows instead of two for every row. After Hamerly (2010), SIAM Data Mining, §3.
/// </summary>
internal static class Slack
{
    /// <summary>Bounds the relative error of a distance over d features in single precision: d + 3 roundings in its square, and the root.</summary>
    public static float Epsilon(int columns) => (columns + 8) / 16_777_216f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Least(Vector512<float> nearest, Vector512<float> second, float epsilon)
    {
        var slack = Vector512.Sqrt(second) * Vector512.Create(1 - 2 * epsilon) - Vector512.Sqrt(nearest) * Vector512.Create(1 + 3 * epsilon);
        var half = Vector256.MinNative(slack.GetLower(), slack.GetUpper());
        var quarter = Vector128.MinNative(half.GetLower(), half.GetUpper());
        quarter = Vector128.MinNative(quarter, Vector128.Shuffle(quarter, Vector128.Create(2, 3, 0, 1)));
        return Math.Min(quarter[0], quarter[1]);
    }

    /// <summary>A bit for each lane whose two squared distances are not surely in this order: closer than ε of each, <paramref name="apart"/> of the nearer and
    /// <paramref name="margin"/> together, or no numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Within(Vector512<float> nearest, Vector512<float> second, float epsilon, float apart, float margin)
    {
        var slack = Vector512.Sqrt(second) * Vector512.Create(1 - 2 * epsilon) - Vector512.Sqrt(nearest) * Vector512.Create(1 + 3 * epsilon + apart);
        return ~Vector512.GreaterThan(slack, Vector512.Create(margin)).ExtractMostSignificantBits();
    }

    /// <summary>The same of one row.</summary>
    public static float Of(float nearest, float second, float epsilon) => MathF.Sqrt(second) * (1 - 2 * epsilon) - MathF.Sqrt(nearest) * (1 + 3 * epsilon);
}
