using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Clientele.Engines;

/// <summary>Reads rows of ClickHouse's RowBinary: values one after another, little-endian, with nothing between rows.</summary>
/// <remarks>Values are read without waiting as long as rows are shorter than <see cref="Ahead"/>: the buffer is filled that far before each row.</remarks>
public sealed class RowBinaryReader : IDisposable
{
    private const int Ahead = 32 << 10;

    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly EpochDay = new(1970, 1, 1);

    private readonly Stream stream;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(4 * Ahead);
    private int at;
    private int end;
    private bool ended;

    public RowBinaryReader(Stream stream) => this.stream = stream;

    /// <summary>True if there is another row.</summary>
    public ValueTask<bool> HasRow(CancellationToken cancel = default) =>
        end - at >= Ahead || ended ? new(end > at) : Fill(cancel);

    public bool ReadBool() => Take<byte>() != 0;
    public byte ReadUInt8() => Take<byte>();
    public sbyte ReadInt8() => Take<sbyte>();
    public ushort ReadUInt16() => Take<ushort>();
    public short ReadInt16() => Take<short>();
    public uint ReadUInt32() => Take<uint>();
    public int ReadInt32() => Take<int>();
    public ulong ReadUInt64() => Take<ulong>();
    public long ReadInt64() => Take<long>();
    public Int128 ReadInt128() => Take<Int128>();
    public float ReadFloat32() => Take<float>();
    public double ReadFloat64() => Take<double>();

    /// <summary>UTF-8 text; bytes that are none become U+FFFD.</summary>
    public string ReadString() => Encoding.UTF8.GetString(TakeSpan(checked((int)ReadLength())));

    /// <summary>The bytes of a String, whatever they are.</summary>
    public byte[] ReadBytes() => TakeSpan(checked((int)ReadLength())).ToArray();

    /// <summary>Date: days since 1970-01-01.</summary>
    public DateOnly ReadDate() => EpochDay.AddDays(Take<ushort>());

    /// <summary>DateTime: seconds since 1970-01-01 00:00:00 UTC.</summary>
    public DateTime ReadDateTime() => Epoch.AddSeconds(Take<uint>());

    /// <summary>Decimal(p ≤ 18, <paramref name="scale"/>).</summary>
    public decimal ReadDecimal64(int scale)
    {
        long value = Take<long>();
        ulong size = (ulong)(value < 0 ? -value : value);
        return new((int)size, (int)(size >> 32), 0, value < 0, (byte)scale);
    }

    /// <summary>Decimal(p ≤ 38, <paramref name="scale"/>).</summary>
    /// <exception cref="OverflowException">The digits are more than System.Decimal holds (2⁹⁶, about 7.9 × 10²⁸).</exception>
    public decimal ReadDecimal128(int scale) => EngineDecimal.Of(Take<Int128>(), scale);

    public T[] ReadArray<T>(Func<RowBinaryReader, T> read)
    {
        var values = new T[checked((int)ReadLength())];
        for (int i = 0; i < values.Length; i++)
            values[i] = read(this);
        return values;
    }

    public T? ReadNullable<T>(Func<RowBinaryReader, T> read) where T : struct => Take<byte>() != 0 ? null : read(this);

    public string? ReadNullableString() => Take<byte>() != 0 ? null : ReadString();

    public void Dispose()
    {
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        at = end = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Take<T>() where T : unmanaged
    {
        if (end - at < Unsafe.SizeOf<T>())
            Need(Unsafe.SizeOf<T>());
        var value = Unsafe.ReadUnaligned<T>(ref buffer[at]);
        at += Unsafe.SizeOf<T>();
        return value;
    }

    private ReadOnlySpan<byte> TakeSpan(int length)
    {
        if (end - at < length)
            Need(length);
        at += length;
        return buffer.AsSpan(at - length, length);
    }

    // LEB128: seven bits a byte, the low ones first.
    private ulong ReadLength()
    {
        ulong length = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte b = Take<byte>();
            length |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80)
                return length;
        }
        throw new InvalidDataException("A length in the engine's answer is no number.");
    }

    private async ValueTask<bool> Fill(CancellationToken cancel)
    {
        MakeRoom(Ahead);
        while (end - at < Ahead && !ended)
            Took(await stream.ReadAsync(buffer.AsMemory(end), cancel).ConfigureAwait(false));
        return end > at;
    }

    // Only rows longer than what was read ahead come here.
    private void Need(int length)
    {
        MakeRoom(length);
        while (end - at < length)
        {
            if (ended)
                throw new EndOfStreamException("The engine's answer ends within a row.");
            Took(stream.Read(buffer.AsSpan(end)));
        }
    }

    private void Took(int read)
    {
        end += read;
        ended = read == 0;
    }

    private void MakeRoom(int length)
    {
        if (buffer.Length - at >= Math.Max(length, Ahead) && at < buffer.Length / 2)
            return;
        var rest = buffer.AsSpan(at, end - at);
        if (buffer.Length < length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length, 2 * buffer.Length));
            rest.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        else
        {
            rest.CopyTo(buffer);
        }
        (at, end) = (0, end - at);
    }
}
