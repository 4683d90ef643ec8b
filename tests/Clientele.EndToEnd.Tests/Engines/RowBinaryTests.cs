using System.Text;
using Clientele.Engines;
using Clientele.Tests.TestServers;
using FsCheck;
using FsCheck.Fluent;

namespace Clientele.Tests.Engines;

/// <summary>Every type goes to either engine and comes back as the same bytes.</summary>
public sealed class RowBinaryTests(EmbeddedFixture embedded, ClickHouse1816 server)
{
    private const string Columns = """
        row UInt32, a UInt8, b UInt16, c UInt64, d Int8, e Int16, f Int32, g Int64, h Float32, i Float64, j String, k Date, l DateTime,
        m Decimal(18,4), n Decimal(38,4), o Array(String), p Array(Array(Int64)), q Nullable(String), r Nullable(Date), s Nullable(Float64)
        """;

    private static readonly string[] Names = [.. Columns.Replace("\n", " ").Replace("(18,4)", "").Replace("(38,4)", "").Split(',').Select(c => c.Trim().Split(' ')[0])];

    private static readonly Gen<Row> AnyRow =
        from c in Of<ulong>()
        from g in Of<long>()
        from h in Of<float>()
        from i in Of<double>()
        from j in Text()
        from k in Day()
        from l in Second()
        from m in Gen.Choose(int.MinValue, int.MaxValue)
        from n in Of<ulong>()
        from n2 in Of<uint>()
        from o in Text().ArrayOf()
        from p in Of<long>().ArrayOf().ArrayOf()
        from q in Gen.OneOf(Text().Select(t => (string?)t), Gen.Constant<string?>(null))
        from r in Gen.OneOf(Day().Select(t => (DateOnly?)t), Gen.Constant<DateOnly?>(null))
        from s in Of<double?>()
        select new Row(c, g, h, i, j, k, l, new((long)m << 20), new decimal((int)n, (int)(n >> 32), (int)n2, m < 0, 4), o, p, q, r, s);

    [Fact]
    public void What_is_written_is_read_again() => Prop.ForAll(AnyRow.ArrayOf().ToArbitrary(), rows =>
    {
        using var bytes = new MemoryStream(Written(rows));
        using var reader = new RowBinaryReader(bytes);
        var read = new List<Row>();
        while (reader.HasRow().AsTask().GetAwaiter().GetResult())
            read.Add(Read(reader));
        return read.SequenceEqual(rows);
    }).Holds();

    [Fact]
    public async Task Both_engines_keep_every_value_and_give_the_same_bytes()
    {
        EngineClient[] engines = [embedded.Engine, await server.Client()];
        var table = new SqlParameters().Add("t", new Identifier(EmbeddedFixture.NewTable()));
        foreach (var engine in engines)
            await engine.Execute(Sql.Text($"CREATE TABLE {{t:Identifier}} ({Columns}) ENGINE = Memory"), table);

        Prop.ForAll(AnyRow.ArrayOf().ToArbitrary(), rows => engines.All(engine => Returned(engine, table, rows).GetAwaiter().GetResult().SequenceEqual(Written(rows))))
            .Holds(cases: 25);
    }

    [Fact]
    public async Task Money_keeps_its_cents_at_every_size()
    {
        decimal[] values = [0m, 0.0001m, -0.0001m, 1.5m, -1.5000m, 922337203685477.5807m, -922337203685477.5808m];
        using var bytes = new MemoryStream();
        using (var writer = new RowBinaryWriter(bytes))
        {
            foreach (decimal value in values)
            {
                writer.WriteDecimal64(value, 4);
                writer.WriteDecimal128(value, 4);
            }
            Assert.Throws<OverflowException>(() => writer.WriteDecimal64(1.00001m, 4));
            Assert.Throws<OverflowException>(() => writer.WriteDecimal64(922337203685477.5808m, 4));
            await writer.Flush(default);
        }
        bytes.Position = 0;
        using var reader = new RowBinaryReader(bytes);
        foreach (decimal value in values)
            Assert.Equal((value, value), (reader.ReadDecimal64(4), reader.ReadDecimal128(4)));
    }

    [Fact]
    public async Task An_answer_that_ends_within_a_row_is_an_error()
    {
        using var reader = new RowBinaryReader(new MemoryStream([5, (byte)'a']));
        Assert.True(await reader.HasRow());
        Assert.Throws<EndOfStreamException>(reader.ReadString);
    }

    private static async Task<byte[]> Returned(EngineClient engine, SqlParameters table, Row[] rows)
    {
        await engine.Execute(Sql.Text("TRUNCATE TABLE {t:Identifier}"), table);
        await engine.Insert(table.Values["t"].Escaped, Names, (writer, _) =>
        {
            Write(writer, rows);
            return Task.CompletedTask;
        });
        using var bytes = new MemoryStream();
        await engine.CopyTo(bytes, Sql.Text($"SELECT {string.Join(", ", Names)} FROM {{t:Identifier}} ORDER BY row"), "RowBinary", table);
        return bytes.ToArray();
    }

    private static byte[] Written(Row[] rows)
    {
        using var bytes = new MemoryStream();
        using var writer = new RowBinaryWriter(bytes);
        Write(writer, rows);
        writer.Flush(default).AsTask().GetAwaiter().GetResult();
        return bytes.ToArray();
    }

    private static void Write(RowBinaryWriter to, Row[] rows)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            to.WriteUInt32((uint)i);
            to.WriteUInt8((byte)row.Large);
            to.WriteUInt16((ushort)row.Large);
            to.WriteUInt64(row.Large);
            to.WriteInt8((sbyte)row.Signed);
            to.WriteInt16((short)row.Signed);
            to.WriteInt32((int)row.Signed);
            to.WriteInt64(row.Signed);
            to.WriteFloat32(row.Single);
            to.WriteFloat64(row.Double);
            to.WriteString(row.Text);
            to.WriteDate(row.Day);
            to.WriteDateTime(row.Time);
            to.WriteDecimal64(row.Money / 10_000m, 4);
            to.WriteDecimal128(row.Total, 4);
            to.WriteArray(row.Texts, (w, text) => w.WriteString(text));
            to.WriteArray(row.Numbers, (w, numbers) => w.WriteArray(numbers, (v, number) => v.WriteInt64(number)));
            to.WriteNullableString(row.MaybeText);
            to.WriteNullable(row.MaybeDay, (w, day) => w.WriteDate(day));
            to.WriteNullable(row.MaybeDouble, (w, number) => w.WriteFloat64(number));
        }
    }

    private static Row Read(RowBinaryReader from)
    {
        from.ReadUInt32();
        byte a = from.ReadUInt8();
        ushort b = from.ReadUInt16();
        ulong c = from.ReadUInt64();
        Assert.Equal(((byte)c, (ushort)c), (a, b));
        sbyte d = from.ReadInt8();
        short e = from.ReadInt16();
        int f = from.ReadInt32();
        long g = from.ReadInt64();
        Assert.Equal(((sbyte)g, (short)g, (int)g), (d, e, f));
        return new(c, g, from.ReadFloat32(), from.ReadFloat64(), from.ReadString(), from.ReadDate(), from.ReadDateTime(),
            from.ReadDecimal64(4) * 10_000m, from.ReadDecimal128(4), from.ReadArray(x => x.ReadString()), from.ReadArray(x => x.ReadArray(y => y.ReadInt64())),
            from.ReadNullableString(), from.ReadNullable(x => x.ReadDate()), from.ReadNullable(x => x.ReadFloat64()));
    }

    private static Gen<T> Of<T>() => ArbMap.Default.GeneratorFor<T>();

    // Through UTF-8 once: random strings hold halves of surrogate pairs.
    private static Gen<string> Text() => Of<string>().Select(t => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(t ?? "")));

    private static Gen<DateOnly> Day() => Gen.Choose(0, 49_672).Select(days => new DateOnly(1970, 1, 1).AddDays(days));

    private static Gen<DateTime> Second() => Gen.Choose(0, int.MaxValue).Select(s => new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(2L * s));

    private sealed record Row(
        ulong Large, long Signed, float Single, double Double, string Text, DateOnly Day, DateTime Time, decimal Money, decimal Total,
        string[] Texts, long[][] Numbers, string? MaybeText, DateOnly? MaybeDay, double? MaybeDouble)
    {
        public bool Equals(Row? other) => other is not null
            && (Large, Signed, Single, Double, Text, Day, Time).Equals((other.Large, other.Signed, other.Single, other.Double, other.Text, other.Day, other.Time))
            && (Money, Total, MaybeText, MaybeDay, MaybeDouble).Equals((other.Money, other.Total, other.MaybeText, other.MaybeDay, other.MaybeDouble))
            && Texts.SequenceEqual(other.Texts) && Numbers.Length == other.Numbers.Length && Numbers.Zip(other.Numbers).All(pair => pair.First.SequenceEqual(pair.Second));

        public override int GetHashCode() => Large.GetHashCode();
    }
}
