using Clientele.Learning;

namespace Clientele.Server.Json;

/// <summary>Rows of numbers while their number is not known yet.</summary>
internal sealed class RowList(int columns)
{
    private double[] values = new double[16 * Math.Max(columns, 1)];

    public int Count { get; private set; }

    /// <summary>The next row, to be filled.</summary>
    public Span<double> Next()
    {
        int at = Count++ * columns;
        if (at + columns > values.Length)
            Array.Resize(ref values, values.Length * 2);
        return values.AsSpan(at, columns);
    }

    public Matrix ToMatrix() => new(Count, columns, values.AsSpan(0, Count * columns).ToArray());
}
