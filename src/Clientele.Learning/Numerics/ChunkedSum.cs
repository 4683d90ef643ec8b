namespace Clientele.Learning;

/// <summary>A sum over rows, taken in chunks whose number depends on the rows alone and added in their order: the same bits on any number of threads.</summary>
internal sealed class ChunkedSum
{
    private const int MostChunks = 16, LeastRows = 1024;
    private readonly int rows, threads;
    private readonly double[][] chunks;

    /// <param name="length">Numbers summed over the rows.</param>
    /// <param name="threads">At most this many at once; 0: all cores.</param>
    public ChunkedSum(int rows, int length, int threads)
    {
        (this.rows, this.threads) = (rows, threads);
        chunks = new double[Math.Clamp(rows / LeastRows, 1, MostChunks)][];
        for (int c = 0; c < chunks.Length; c++)
            chunks[c] = new double[length];
    }

    /// <param name="add">Adds rows from … to−1 to the sums it is given.</param>
    /// <returns>The sums; overwritten by the next run.</returns>
    public double[] Run(Action<int, int, double[]> add, CancellationToken cancel)
    {
        Workers.Run(chunks.Length, threads, c =>
        {
            Array.Clear(chunks[c]);
            add(Start(c), Start(c + 1), chunks[c]);
        }, cancel);
        double[] total = chunks[0];
        for (int c = 1; c < chunks.Length; c++)
            for (int i = 0; i < total.Length; i++)
                total[i] += chunks[c][i];
        return total;
    }

    private int Start(int chunk) => (int)((long)rows * chunk / chunks.Length);
}
