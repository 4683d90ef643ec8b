using Clientele.Engines;
using Clientele.Problems;

namespace Clientele.Features;

/// <summary>Exact sums of money, in ten-thousandths or their products, and the Float64 that the engine makes of them.</summary>
internal static class ExactMoney
{
    public static Int128 Sum(IReadOnlyList<TypedLine> lines)
    {
        Int128 sum = 0;
        foreach (var line in lines)
            sum += line.Amount;
        return sum;
    }

    /// <summary>As <c>toFloat64</c> of a Decimal: the whole number and the power of ten are each rounded, then divided.</summary>
    /// <param name="unit">10 to the number of decimals.</param>
    public static double ToFloat64(Int128 value, double unit) => (value >= long.MinValue && value <= long.MaxValue ? (double)(long)value : (double)value) / unit;

    /// <summary>As the queries write large sums: a high part, exact in steps of 10¹⁰, and the rest.</summary>
    /// <param name="decimals">Of <paramref name="value"/>.</param>
    public static double ToFloat64InTwoParts(Int128 value, int decimals)
    {
        Int128 unit = Power(decimals), step = Power(decimals + 10);
        long high = checked((long)(value / step));
        return high * 1e10 + ToFloat64(value - high * step, (double)unit);
    }

    /// <summary>Money with four decimals.</summary>
    /// <exception cref="ProblemException"><c>features/too-large</c>.</exception>
    public static decimal ToDecimal(Int128 value) => (decimal)value / TypedLine.MoneyUnit;

    /// <summary>The same as the engine's Decimal(38, 4) is read.</summary>
    /// <exception cref="OverflowException">It has more than 28 digits.</exception>
    public static decimal InFourDecimals(Int128 value) => EngineDecimal.Of(value, scale: 4);

    private static Int128 Power(int exponent)
    {
        Int128 power = 1;
        for (int i = 0; i < exponent; i++)
            power *= 10;
        return power;
    }
}
