using System.Buffers;
using System.Text;

namespace Clientele.Synthetic;

/// <summary>Puts invoices in order of time with bounded memory: full buffers are sorted and spilt to files, which are merged at the end.</summary>
/// <remarks>Memory: one buffer, and 4 KB for each <see cref="BufferBytes"/> of output. Spilt files are deleted when done.</remarks>
internal sealed class InvoiceSpool(string folder, int bufferBytes = InvoiceSpool.BufferBytes) : IDisposable
{
    public const int BufferBytes = 32 << 20;
    private readonly ArrayBufferWriter<byte> texts = new(1 << 20);
    private readonly List<Entry> entries = [];
    private readonly List<string> spilt = [];
    private long added;

    /// <param name="lines">The invoice's lines without its number: each begins with a comma and ends with a line feed.</param>
    public void Add(int minute, bool cancelled, ReadOnlySpan<byte> lines)
    {
        if (texts.WrittenCount + lines.Length > bufferBytes && entries.Count > 0)
            Spill();
        entries.Add(new(minute, added++, cancelled, texts.WrittenCount, lines.Length));
        texts.Write(lines);
    }

    /// <summary>Every invoice by time, then in the order in which it was added.</summary>
    public IEnumerable<(bool Cancelled, ReadOnlyMemory<byte> Lines)> Sorted()
    {
        entries.Sort();
        var runs = spilt.Select(Read).Append(entries.Select(entry => (Entry: entry, Lines: (ReadOnlyMemory<byte>)texts.WrittenMemory.Slice(entry.Offset, entry.Length))))
            .Select(run => run.GetEnumerator()).ToList();
        try
        {
            var heads = new PriorityQueue<IEnumerator<(Entry Entry, ReadOnlyMemory<byte> Lines)>, Entry>();
            foreach (var run in runs.Where(run => run.MoveNext()))
                heads.Enqueue(run, run.Current.Entry);
            while (heads.TryDequeue(out var run, out var entry))
            {
                yield return (entry.Cancelled, run.Current.Lines);
                if (run.MoveNext())
                    heads.Enqueue(run, run.Current.Entry);
            }
        }
        finally
        {
            runs.ForEach(run => run.Dispose());
        }
    }

    public void Dispose() => spilt.ForEach(File.Delete);

    private void Spill()
    {
        string path = Path.Combine(folder, $".orders-{spilt.Count}.spool");
        spilt.Add(path);
        using var file = new BinaryWriter(File.Create(path), Encoding.UTF8);
        entries.Sort();
        foreach (var entry in entries)
        {
            file.Write(entry.Minute);
            file.Write(entry.Number);
            file.Write(entry.Cancelled);
            file.Write(entry.Length);
            file.Write(texts.WrittenSpan.Slice(entry.Offset, entry.Length));
        }
        entries.Clear();
        texts.ResetWrittenCount();
    }

    private static IEnumerable<(Entry Entry, ReadOnlyMemory<byte> Lines)> Read(string path)
    {
        using var file = new BinaryReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 4096), Encoding.UTF8);
        while (file.BaseStream.Position < file.BaseStream.Length)
        {
            var entry = new Entry(file.ReadInt32(), file.ReadInt64(), file.ReadBoolean(), 0, file.ReadInt32());
            yield return (entry, file.ReadBytes(entry.Length));
        }
    }

    private readonly record struct Entry(int Minute, long Number, bool Cancelled, int Offset, int Length) : IComparable<Entry>
    {
        public int CompareTo(Entry other) => Minute != other.Minute ? Minute.CompareTo(other.Minute) : Number.CompareTo(other.Number);
    }
}
