using System.Buffers.Binary;

namespace Clientele.Server.Batches;

/// <summary>A file of order lines divided by customer into files that fit into memory: all lines of a customer stand in one of them, in their order.</summary>
internal static class OrderParts
{
    private const int MostParts = 256, HeadBytes = 13;

    /// <summary>How many parts a file comes to. It depends on the file alone, so that they are the same when work goes on after a crash.</summary>
    /// <param name="partBytes">Of a part, about: it is in memory while it is scored.</param>
    public static int Of(long bytes, long partBytes) => (int)Math.Clamp((bytes + partBytes - 1) / partBytes, 1, MostParts);

    /// <param name="read">Fills a block with records of the file.</param>
    /// <param name="folder">There; the parts go into it.</param>
    public static void Write(Func<RecordBlock, bool> read, TableShape shape, OrderColumns columns, string folder, int parts, CancellationToken cancel)
    {
        var cells = new TableCells(shape);
        var files = new FileStream[parts];
        try
        {
            for (int part = 0; part < parts; part++)
                files[part] = new(PathOf(folder, part), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
            var block = new RecordBlock();
            Span<byte> head = stackalloc byte[HeadBytes];
            while (read(block))
            {
                cancel.ThrowIfCancellationRequested();
                foreach (var record in block.Records)
                {
                    // What is no whole record belongs to nobody; it is set aside wherever it stands.
                    int part = cells.Divide(block, record, out var line) == Sources.RowFault.None ? (int)(Hash(columns.CustomerOf(cells, line)) % (uint)parts) : 0;
                    BinaryPrimitives.WriteInt64LittleEndian(head, record.Line);
                    BinaryPrimitives.WriteInt32LittleEndian(head[8..], record.Length);
                    head[12] = record.IsTooLong ? (byte)1 : (byte)0;
                    files[part].Write(head);
                    files[part].Write(block.Bytes.AsSpan(record.Start, record.Length));
                }
            }
        }
        finally
        {
            foreach (var file in files)
                file?.Dispose();
        }
    }

    /// <summary>Reads part after part, each as one block, whose end is the number of the next.</summary>
    public static Func<RecordBlock, bool> Reader(string folder, int parts, long first)
    {
        int next = (int)first;
        return block =>
        {
            block.Records.Clear();
            while (next < parts && block.Records.Count == 0)
                Read(PathOf(folder, next++), block);
            block.End = new(next, 0);
            return block.Records.Count > 0;
        };
    }

    private static void Read(string path, RecordBlock block)
    {
        block.Bytes = File.ReadAllBytes(path);
        for (int at = 0; at < block.Bytes.Length;)
        {
            var head = block.Bytes.AsSpan(at, HeadBytes);
            int length = BinaryPrimitives.ReadInt32LittleEndian(head[8..]);
            block.Records.Add(new(at + HeadBytes, length, BinaryPrimitives.ReadInt64LittleEndian(head), head[12] == 1));
            at += HeadBytes + length;
        }
    }

    private static string PathOf(string folder, int part) => Path.Combine(folder, $"part-{part:000}");

    // FNV-1a (Fowler, Noll & Vo): the same on every machine.
    private static uint Hash(ReadOnlySpan<byte> text)
    {
        uint hash = 2_166_136_261;
        foreach (byte b in text)
            hash = (hash ^ b) * 16_777_619;
        return hash ^ (hash >> 16);
    }
}
