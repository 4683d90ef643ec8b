using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Clientele.Engines;

/// <summary>Writes rows of ClickHouse's RowBinary to a stream, in blocks of 64 kB.</summary>
public sealed class RowBinaryWriter : IDisposable
{
    private const int BlockSize = 64 << 10;

    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly EpochDay = new(1970, 1, 1);

    private readonly Stream stream;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
    private int at;

    public RowBinaryWriter(Stream stream) => this.stream = stream;

    public void WriteBool(bool value) => Put<byte>(value ? (byte)1 : (byte)0);
    public void WriteUInt8(byte value) => Put(value);
    public void WriteInt8(sbyte value) => Put(value);
    public void WriteUInt16(ushort value) => Put(value);
    public void WriteInt16(short value) => Put(value);
    public void WriteUInt32(uint value) => Put(value);
    public void WriteInt32(int value) => Put(value);
    public void WriteUInt64(ulong value) => Put(value);
    public void WriteInt64(long value) => Put(value);
    public void WriteInt128(Int128 value) => Put(value);
    public void WriteFloat32(float value) => Put(value);
    public void WriteFloat64(double value) => Put(value);

    public void WriteString(string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        WriteLength((ulong)length);
        Encoding.UTF8.GetBytes(value, Room(length));
        at += length;
    }

    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteLength((ulong)value.Length);
        value.CopyTo(Room(value.Length));
        at += value.Length;
    }

    /// <summary>Date: 1970-01-01 … 2149-06-06 as stored; engines agree up to 2105-12-31.</summary>
    public void WriteDate(DateOnly value) => Put(checked((ushort)(value.DayNumber - EpochDay.DayNumber)));

    /// <summary>DateTime: whole seconds since 1970, UTC; fractions are cut.</summary>
    public void WriteDateTime(DateTime value) => Put(checked((uint)((value.Ticks - Epoch.Ticks) / TimeSpan.TicksPerSecond)));

    /// <summary>Decimal(p ≤ 18, <paramref name="scale"/>).</summary>
    /// <exception cref="OverflowException">The value has more decimals than the scale, or too many digits.</exception>
    public void WriteDecimal64(decimal value, int scale) => Put(checked((long)Scaled(value, scale)));

    /// <summary>Decimal(p ≤ 38, <paramref name="scale"/>).</summary>
    /// <exception cref="OverflowException">The value has more decimals than the scale.</exception>
    public void WriteDecimal128(decimal value, int scale) => Put(Scaled(value, scale));

    public void WriteArray<T>(IReadOnlyCollection<T> values, Action<RowBinaryWriter, T> write)
    {
        WriteLength((ulong)values.Count);
        foreach (var value in values)
            write(this, value);
    }

    public void WriteNullable<T>(T? value, Action<RowBinaryWriter, T> write) where T : struct
    {
        WriteBool(value is null);
        if (value is { } given)
            write(this, given);
    }

    public void WriteNullableString(string? value)
    {
        WriteBool(value is null);
        if (value is not null)
            WriteString(value);
    }

    /// <summary>Sends what is still in the buffer.</summary>
    internal async ValueTask Flush(CancellationToken cancel)
    {
        await stream.WriteAsync(buffer.AsMemory(0, at), cancel).ConfigureAwait(false);
        at = 0;
    }

    public void Dispose()
    {
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        at = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put<T>(T value) where T : unmanaged
    {
        if (buffer.Length - at < Unsafe.SizeOf<T>())
            Send(Unsafe.SizeOf<T>());
        Unsafe.WriteUnaligned(ref buffer[at], value);
        at += Unsafe.SizeOf<T>();
    }

    private Span<byte> Room(int length)
    {
        if (buffer.Length - at < length)
            Send(length);
        return buffer.AsSpan(at, length);
    }

    private void WriteLength(ulong length)
    {
        for (; length >= 0x80; length >>= 7)
            Put((byte)(length | 0x80));
        Put((byte)length);
    }

    private void Send(int next)
    {
        stream.Write(buffer, 0, at);
        at = 0;
        if (buffer.Length >= next)
            return;
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = ArrayPool<byte>.Shared.Rent(next);
    }

    private static Int128 Scaled(decimal value, int scale)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        var size = (Int128)new UInt128((uint)parts[2], ((ulong)(uint)parts[1] << 32) | (uint)parts[0]);
        for (int shift = value.Scale; shift < scale; shift++)
            size = checked(size * 10);
        for (int shift = value.Scale; shift > scale; shift--)
        {
            (size, var rest) = Int128.DivRem(size, 10);
            if (rest != 0)
                throw new OverflowException($"{value} has more than {scale} decimals.");
        }
        return decimal.IsNegative(value) ? -size : size;
    }
}
