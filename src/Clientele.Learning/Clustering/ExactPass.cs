namespace Clientele.Learning;

/// <summary>In double precision, on the rows as they lie: for what single precision found, and where it does not tell the rows apart.</summary>
internal sealed class ExactPass : LloydPass
{
    private readonly RowView rows;
    private readonly double[] table, squared, inertias;
    private readonly int[] labels;

    public ExactPass(RowView rows, int clusters, int threads) : base(rows.Rows, rows.Columns, clusters, rows.Rows, threads)
    {
        this.rows = rows;
        table = new double[(clusters + 7) / 8 * 8 * rows.Columns];
        (squared, labels) = (new double[rows.Rows], new int[rows.Rows]);
        inertias = new double[Parts.Length];
    }

    public override double Inertia
    {
        get
        {
            double inertia = 0;
            foreach (double part in inertias)
                inertia += part;
            return inertia;
        }
    }

    public override void Place(double[] centres) => NearestRows.Fill(centres, Columns, table);

    public override double Value(int row, int column) => rows.Values[row * rows.Stride + column];

    internal override bool RunBlock(int block)
    {
        int first = Blocks.First(block), end = Blocks.End(block, Rows);
        var now = labels.AsSpan(first, end - first);
        var distances = squared.AsSpan(first, end - first);
        NearestRows.Run(rows, table, first, end, now, distances);
        var sums = Parts[block];
        sums.Clear();
        double inertia = 0;
        for (int i = first; i < end; i++)
        {
            double weight = rows.Weight(i);
            inertia += weight * distances[i - first];
            sums.Add(rows.Row(i), weight, now[i - first]);
        }
        inertias[block] = inertia;
        bool same = now.SequenceEqual(Labels.AsSpan(first, end - first));
        now.CopyTo(Labels.AsSpan(first));
        return !same;
    }

    protected override void Move(CentreSums sums, int row, int from, int to)
    {
        sums.Add(rows.Row(row), -rows.Weight(row), from);
        sums.Add(rows.Row(row), rows.Weight(row), to);
    }
}
