using Clientele.Engines;

namespace Clientele.Cleaning;

/// <summary>Which rows cleaning kept: a bit for each, so that orders can be made again from lines.</summary>
public sealed record KeptRows(byte[] Orders, byte[] After)
{
    private static readonly Sql Restore = new("Cleaning/restore.sql");

    /// <summary>As the tables <c>orders</c> and <c>orders_after</c> hold them.</summary>
    public static async Task<KeptRows> Of(EngineClient work, CancellationToken cancel = default) =>
        new(await Bits(work, "orders", cancel), await Bits(work, "orders_after", cancel));

    /// <summary>Makes <c>orders</c> and <c>orders_after</c> from <c>lines</c>.</summary>
    public async Task Fill(EngineClient work, CancellationToken cancel = default)
    {
        foreach (var (table, bits) in new[] { ("orders", Orders), ("orders_after", After) })
        {
            await work.Execute(Sql.Text($"DROP TABLE IF EXISTS {table}"), cancel: cancel);
            await work.Execute(Sql.Text("DROP TABLE IF EXISTS kept_rows"), cancel: cancel);
            await Cleaner.CreateOrders(work, table, bits.Length * 8L, cancel);
            await work.Execute(Sql.Text("CREATE TABLE kept_rows (row UInt64) ENGINE = Memory"), cancel: cancel);
            await work.Insert("kept_rows", ["row"], (writer, _) =>
            {
                for (int row = 0; row < bits.Length * 8; row++)
                    if ((bits[row >> 3] >> (row & 7) & 1) != 0)
                        writer.WriteUInt64((ulong)row);
                return Task.CompletedTask;
            }, cancel);
            await work.Execute(Restore, new SqlParameters().Add("table", new Identifier(table)), cancel);
            await work.Execute(Sql.Text("DROP TABLE kept_rows"), cancel: cancel);
        }
    }

    private static async Task<byte[]> Bits(EngineClient work, string table, CancellationToken cancel)
    {
        byte[] bits = [];
        await foreach (ulong row in work.Query(Sql.Text($"SELECT row FROM {new Identifier(table)} ORDER BY row DESC"), reader => reader.ReadUInt64(), cancel: cancel))
        {
            if (bits.Length == 0)
                bits = new byte[checked((int)(row / 8)) + 1];
            bits[row / 8] |= (byte)(1 << (int)(row % 8));
        }
        return bits;
    }
}
