namespace Clientele.Engines;

/// <summary>The engine's exact decimals as ours.</summary>
internal static class EngineDecimal
{
    /// <param name="value">In units of 10^−scale; the scale stays, whatever zeros there are.</param>
    /// <exception cref="OverflowException">It has more than 28 digits.</exception>
    public static decimal Of(Int128 value, int scale)
    {
        var size = (UInt128)(value < 0 ? -value : value);
        return size >> 96 != 0
            ? throw new OverflowException("A Decimal of the engine has more digits than we can hold.")
            : new((int)(uint)size, (int)(uint)(size >> 32), (int)(uint)(size >> 64), value < 0, (byte)scale);
    }
}
