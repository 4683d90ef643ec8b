using Clientele.Sources;

namespace Clientele.Server.Batches;

/// <summary>One record where it stands in its block.</summary>
/// <param name="Line">Of the file, from 1: the first of the record.</param>
/// <param name="IsTooLong">Only its beginning is here.</param>
internal readonly record struct Record(int Start, int Length, long Line, bool IsTooLong);

/// <summary>Whole records of a file, one after the other.</summary>
internal sealed class RecordBlock
{
    public byte[] Bytes { get; set; } = new byte[RecordReader.BlockBytes];
    public List<Record> Records { get; } = [];
    /// <summary>Where the next block begins.</summary>
    public FilePlace End { get; set; }
}

/// <param name="Offset">Bytes before it.</param>
/// <param name="Line">Its line, from 1.</param>
internal readonly record struct FilePlace(long Offset, long Line)
{
    public static FilePlace Start { get; } = new(0, 1);
}

/// <summary>Divides a text into records, block by block: lines, or in CSV several of which the line breaks stand within quotes. Blank lines are none.</summary>
/// <param name="countsRecords">In place of lines.</param>
/// <remarks>Which records there are does not depend on where blocks begin, so reading can go on from any block's end. What counts as a record is what <see cref="CsvRecords"/> says.</remarks>
internal sealed class RecordReader(Stream text, bool isCsv, char delimiter, FilePlace start, bool countsRecords = false)
{
    public const int BlockBytes = 128 << 10;
    /// <summary>Of a record, bytes.</summary>
    public const int Longest = 4 << 20;

    private const int MostLines = 1_000, KeptOfTooLong = 4_096;

    private byte[] carried = [];
    private FilePlace at = start;
    private bool ended;

    /// <summary>Fills a block with the next records.</summary>
    /// <returns>False: there are none.</returns>
    public bool Read(RecordBlock block)
    {
        block.Records.Clear();
        while (block.Records.Count == 0 && !(ended && carried.Length == 0))
            ReadSome(block);
        return block.Records.Count > 0;
    }

    // What is left over begins the next block.
    private void ReadSome(RecordBlock block)
    {
        if (block.Bytes.Length < carried.Length)
            block.Bytes = new byte[carried.Length * 2];
        carried.CopyTo(block.Bytes, 0);
        int filled = carried.Length, taken = 0;
        for (bool isCut = false; !isCut;)
        {
            filled = Fill(block.Bytes, filled);
            taken = Divide(block, filled);
            if (taken > 0 || filled == 0 || ended)
                break;
            if (filled <= Longest)
            {
                byte[] larger = new byte[block.Bytes.Length * 2];
                block.Bytes.AsSpan(0, filled).CopyTo(larger);
                block.Bytes = larger;
                continue;
            }
            // No line end in sight: the rest of the line is passed over.
            block.Records.Add(new(0, KeptOfTooLong, at.Line, true));
            (filled, taken) = SkipLine(block.Bytes, filled);
            isCut = true;
        }
        carried = block.Bytes[taken..filled];
        block.End = at;
    }

    private int Fill(byte[] bytes, int filled)
    {
        for (int count; !ended && filled < bytes.Length; filled += count)
        {
            count = text.Read(bytes, filled, bytes.Length - filled);
            ended = count == 0;
        }
        return filled;
    }

    private int Divide(RecordBlock block, int filled)
    {
        int taken = 0;
        while (taken < filled)
        {
            var (length, lines) = Next(block.Bytes.AsSpan(taken, filled - taken));
            if (length < 0)
                break;
            var record = block.Bytes.AsSpan(taken, length).TrimEnd("\r\n"u8);
            if (length > Longest)
                block.Records.Add(new(taken, KeptOfTooLong, at.Line, true));
            else if (record.ContainsAnyExcept((byte)' ', (byte)'\t'))
                block.Records.Add(new(taken, record.Length, at.Line, false));
            taken += length;
            at = new(at.Offset + length, at.Line + (countsRecords ? 1 : lines));
        }
        return taken;
    }

    /// <returns>Bytes and lines of the first record, its line end among them; −1: more must be read first.</returns>
    private (int Length, int Lines) Next(ReadOnlySpan<byte> rest)
    {
        int first = LineEnd(rest, 0);
        if (first < 0 || !isCsv || !IsOpen(rest[..first]))
            return (first, 1);
        int end = first;
        for (int lines = 2; lines <= MostLines && end < rest.Length; lines++)
        {
            int begin = end;
            end = LineEnd(rest, begin);
            if (end < 0)
                return rest.Length > Longest ? (first, 1) : (-1, 0);
            if (end > Longest)
                break;
            if (rest[begin..end].Contains((byte)'"') && CsvQuotes.EndOf(rest[..end].TrimEnd("\r\n"u8), (byte)delimiter) is var state && state != QuotesEnd.Open)
                return state == QuotesEnd.Whole ? (end, lines) : (first, 1);
        }
        return (first, 1);
    }

    private bool IsOpen(ReadOnlySpan<byte> line) => line.Contains((byte)'"') && CsvQuotes.EndOf(line.TrimEnd("\r\n"u8), (byte)delimiter) == QuotesEnd.Open;

    // Past the line end, which the last line may lack.
    private int LineEnd(ReadOnlySpan<byte> rest, int from)
    {
        int end = rest[from..].IndexOf((byte)'\n');
        return end >= 0 ? from + end + 1 : ended ? rest.Length : -1;
    }

    private (int Filled, int Taken) SkipLine(byte[] bytes, int filled)
    {
        long passed = filled;
        int keep = KeptOfTooLong;
        while (true)
        {
            int count = text.Read(bytes, keep, bytes.Length - keep);
            ended = count == 0;
            int end = bytes.AsSpan(keep, count).IndexOf((byte)'\n');
            if (end < 0 && !ended)
            {
                passed += count;
                continue;
            }
            int taken = keep + end + 1;
            at = new(at.Offset + passed + end + 1, at.Line + 1);
            return (keep + count, taken);
        }
    }
}
