namespace Clientele.Learning;

/// <summary>The bins of a table row by row, eight to a word: a row's bins lie side by side when its gradient is added to them.</summary>
internal sealed class RowBins
{
    public RowBins(BinnedTable table, int threads)
    {
        Columns = table.Columns.Length;
        Stride = (Columns + 7) / 8;
        Words = new ulong[(long)table.Rows * Stride];
        const int block = 4096;
        Workers.Run((table.Rows + block - 1) / block, threads, task =>
        {
            int end = Math.Min(table.Rows, (task + 1) * block);
            for (int j = 0; j < Columns; j++)
            {
                byte[] column = table.Columns[j];
                for (int i = task * block; i < end; i++)
                    Words[(long)i * Stride + j / 8] |= (ulong)column[i] << j % 8 * 8;
            }
        });
    }

    public int Columns { get; }
    /// <summary>Words per row.</summary>
    public int Stride { get; }
    /// <summary>n × stride.</summary>
    public ulong[] Words { get; }
}
