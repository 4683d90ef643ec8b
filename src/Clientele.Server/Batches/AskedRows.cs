using System.Buffers;
using Clientele.Learning;
using Clientele.Lifetime;
using Clientele.Server.Customers;

namespace Clientele.Server.Batches;

/// <summary>A customer to score.</summary>
/// <param name="Record">Where it stands in its block; of one made of order lines, the first of them.</param>
/// <param name="Orders">The order lines that the customer is made of; null: it is one row.</param>
/// <param name="Id">Null: none was sent.</param>
/// <param name="Known">Null: not asked about as a customer of the model's run.</param>
/// <param name="Past">What tells a value; null: it is not known.</param>
internal readonly record struct AskedRow(Record Record, IReadOnlyList<Record>? Orders, string? Id, KnownCustomer? Known, CustomerPast? Past);

/// <summary>What a block's records come to: customers to score, and rows that are set aside.</summary>
/// <param name="columns">d, the model's features.</param>
internal sealed class AskedRows(int columns)
{
    public const string QuarantineHeader = "line,kind,reason,row\n";

    // Of a row that is set aside; what is longer is cut.
    private const int MostOfRow = 4_096;

    private readonly ArrayBufferWriter<byte> lines = new(4_096);
    private readonly List<(long Line, int Start, int End)> setAside = [];
    private double[] values = new double[columns * 1_024];

    public List<AskedRow> Customers { get; } = [];
    public long Quarantined => setAside.Count;

    public void Clear()
    {
        Customers.Clear();
        setAside.Clear();
        lines.ResetWrittenCount();
    }

    /// <summary>Where the next customer's features go; they count once the customer is added.</summary>
    public Span<double> Next()
    {
        int at = Customers.Count * columns;
        if (at + columns > values.Length)
            Array.Resize(ref values, values.Length * 2);
        return values.AsSpan(at, columns);
    }

    /// <summary>Sets a row aside.</summary>
    /// <param name="text">The block's.</param>
    public void SetAside(in Record record, ReadOnlySpan<byte> text, string kind, string reason)
    {
        int start = lines.WrittenCount;
        lines.Number(record.Line);
        lines.Comma();
        lines.Text(kind);
        lines.Comma();
        lines.Text(reason);
        lines.Comma();
        lines.Text(text.Slice(record.Start, Math.Min(record.Length, MostOfRow)));
        lines.End();
        setAside.Add((record.Line, start, lines.WrittenCount));
    }

    public void SetAside(in Record record, ReadOnlySpan<byte> text, (string Kind, string Reason) words) => SetAside(record, text, words.Kind, words.Reason);

    /// <summary>Sets all rows of a customer aside.</summary>
    public void SetAside(in AskedRow customer, ReadOnlySpan<byte> text, string kind, string reason)
    {
        foreach (var record in customer.Orders ?? [customer.Record])
            SetAside(record, text, kind, reason);
    }

    /// <summary>Adds the lines of the quarantine file, in the order of the rows.</summary>
    public void WriteQuarantine(ArrayBufferWriter<byte> quarantine)
    {
        foreach (var (_, start, end) in setAside.OrderBy(row => row.Line))
            quarantine.Write(lines.WrittenSpan[start..end]);
    }

    /// <param name="which">Customers; null: all.</param>
    /// <returns>Their features, n × d.</returns>
    public Matrix ToMatrix(IReadOnlyList<int>? which = null)
    {
        if (which is null)
            return new(Customers.Count, columns, values.AsSpan(0, Customers.Count * columns).ToArray());
        var some = new Matrix(which.Count, columns);
        for (int i = 0; i < which.Count; i++)
            values.AsSpan(which[i] * columns, columns).CopyTo(some.Row(i));
        return some;
    }
}
