namespace Clientele.Learning;

/// <summary>The rows of a tree, each node's side by side and ascending.</summary>
internal sealed class RowPartition
{
    private const int Block = 16_384;
    private readonly int[] scratch;
    private readonly int[] lefts;

    /// <param name="rows">Taken, not copied.</param>
    public RowPartition(int[] rows)
    {
        Rows = rows;
        scratch = new int[rows.Length];
        lefts = new int[rows.Length / Block + 1];
    }

    public int[] Rows { get; }

    /// <summary>Moves those that go left before those that go right; both keep their order.</summary>
    /// <returns>Where the right ones begin.</returns>
    public int Divide(int begin, int end, byte[] column, Split split, int threads)
    {
        Span<bool> left = stackalloc bool[256];
        for (int bin = 0; bin < 256; bin++)
            left[bin] = split.GoesLeft((byte)bin);
        var goes = new byte[256];
        for (int bin = 0; bin < 256; bin++)
            goes[bin] = left[bin] ? (byte)1 : (byte)0;
        int blocks = (end - begin + Block - 1) / Block;
        // Each block by itself: its left rows to its front, its right rows, backwards, to the same place of the scratch.
        Workers.Run(blocks, threads, b =>
        {
            int first = begin + b * Block, last = Math.Min(end, first + Block), toLeft = first, toRight = first;
            for (int i = first; i < last; i++)
            {
                int row = Rows[i], isLeft = goes[column[row]];
                Rows[toLeft] = row;
                scratch[toRight] = row;
                toLeft += isLeft;
                toRight += 1 - isLeft;
            }
            lefts[b] = toLeft - first;
        });
        int middle = begin;
        for (int b = 0; b < blocks; b++)
        {
            Array.Copy(Rows, begin + b * Block, Rows, middle, lefts[b]);
            middle += lefts[b];
        }
        for (int b = 0, to = middle; b < blocks; b++)
        {
            int first = begin + b * Block, count = Math.Min(end, first + Block) - first - lefts[b];
            Array.Copy(scratch, first, Rows, to, count);
            to += count;
        }
        return middle;
    }
}
