using Clientele.Learning;
using Microsoft.AspNetCore.Http;

namespace Clientele.Server.Json;

/// <summary>Rows of numbers while their number is not known yet.</summary>
internal sealed class RowList(int columns)
{
    private double[] values = new double[16 * Math.Max(columns, 1)];

    public int Count { get; private set; }

    /// <summary>Of one request: what one takes long over, others wait for.</summary>
    public const int Most = 100_000;

    /// <summary>The next row, to be filled.</summary>
    /// <exception cref="RequestException"><c>limits/rows</c>: there are <see cref="Most"/> already.</exception>
    public Span<double> Next()
    {
        Check(Count);
        int at = Count++ * columns;
        if (at + columns > values.Length)
            Array.Resize(ref values, values.Length * 2);
        return values.AsSpan(at, columns);
    }

    /// <summary>Whether a request may have one more than so many.</summary>
    /// <exception cref="RequestException"><c>limits/rows</c>.</exception>
    public static void Check(int count)
    {
        if (count >= Most)
            throw new RequestException(StatusCodes.Status413PayloadTooLarge, new("limits/rows", $"One request takes at most {Most:N0} rows.", "Send them in parts, or assign them from a file: clientele predict."), []);
    }

    public Matrix ToMatrix() => new(Count, columns, values.AsSpan(0, Count * columns).ToArray());
}
