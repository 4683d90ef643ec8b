namespace Clientele.Learning;

/// <summary>Sums over many items in fixed blocks, added up in the order of the blocks whoever computed them.</summary>
internal static class BlockSums
{
    private const int Block = 4096;

    /// <summary>Adds the terms of the items from … to−1 to <paramref name="sums"/>.</summary>
    public delegate void Terms(int from, int to, Span<double> sums);

    public static void Run(int items, int threads, Span<double> totals, Terms terms)
    {
        int width = totals.Length, blocks = (items + Block - 1) / Block;
        double[] parts = new double[blocks * width];
        Workers.Run(blocks, items < 2 * Block ? 1 : threads, b => terms(b * Block, Math.Min(items, (b + 1) * Block), parts.AsSpan(b * width, width)));
        totals.Clear();
        for (int at = 0; at < parts.Length; at++)
            totals[at % width] += parts[at];
    }

    /// <summary>Fills a table; every item on its own.</summary>
    public static void Fill(int items, int threads, Action<int> item, CancellationToken cancel = default)
    {
        const int block = 512;
        Workers.Run((items + block - 1) / block, items < 2 * block ? 1 : threads, b =>
        {
            for (int i = b * block; i < Math.Min(items, (b + 1) * block); i++)
                item(i);
        }, cancel);
    }
}
