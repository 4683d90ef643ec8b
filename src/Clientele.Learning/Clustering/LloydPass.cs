namespace Clientele.Learning;

/// <summary>Gives all rows to the nearest of given centres and leaves the sums of the clusters. Allocates nothing from one run to the next.</summary>
internal abstract class LloydPass
{
    private readonly int threads, blocks;
    private readonly bool[] changed;
    private readonly Action<int> work;

    protected LloydPass(int rows, int columns, int clusters, int padded, int threads)
    {
        (Rows, Columns, Clusters, this.threads, blocks) = (rows, columns, clusters, threads, Blocks.Count(rows));
        Labels = new int[padded];
        Array.Fill(Labels, -1);
        Parts = [.. Enumerable.Range(0, blocks).Select(_ => new CentreSums(clusters, columns))];
        Total = new(clusters, columns);
        changed = new bool[blocks];
        work = block => changed[block] = RunBlock(block);
    }

    public int Rows { get; }
    public int Columns { get; }
    public int Clusters { get; }
    /// <summary>−1 before the first run. What follows the rows is padding.</summary>
    public int[] Labels { get; }
    /// <summary>Of the labels, in the units the pass works in.</summary>
    public CentreSums Total { get; }
    /// <summary>Of the labels to the centres placed, in the units of the pass.</summary>
    public abstract double Inertia { get; }
    protected CentreSums[] Parts { get; }

    /// <param name="centres">k × d, row-major, in the units of the pass.</param>
    public abstract void Place(double[] centres);

    /// <returns>Did any label change?</returns>
    public bool Run()
    {
        if (threads == 1)
            for (int block = 0; block < blocks; block++)
                work(block);
        else
            Workers.Run(blocks, threads, work);
        Total.Clear();
        foreach (var part in Parts)
            Total.Add(part);
        return Array.IndexOf(changed, true) >= 0;
    }

    /// <summary>Gives one row to another cluster.</summary>
    public void Move(int row, int cluster)
    {
        Move(Parts[row / Blocks.Rows], row, Labels[row], cluster);
        Move(Total, row, Labels[row], cluster);
        Labels[row] = cluster;
    }

    public abstract double Value(int row, int column);

    /// <returns>Did any label of the block change?</returns>
    internal abstract bool RunBlock(int block);

    protected abstract void Move(CentreSums sums, int row, int from, int to);
}
