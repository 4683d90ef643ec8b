namespace Clientele.Learning;

/// <summary>
/// The rows in cells, those that share their labels in all labelings, cell after cell, sixteen side by side. A cell is filled up to full
/// sixteens by repeats of its last row, which count for nothing.
/// </summary>
/// <remarks>A sum of distances to a cell serves every labeling; a single labeling has its clusters as cells.</remarks>
internal sealed class LabelCells
{
    public const int Width = 16;

    private LabelCells(Matrix rows, Labeling[] labelings, int[] cellOfRow, int count)
    {
        Labelings = labelings;
        Columns = rows.Columns;
        Offsets = new int[labelings.Length];
        for (int m = 1; m < labelings.Length; m++)
            Offsets[m] = Offsets[m - 1] + labelings[m - 1].Clusters;
        Clusters = Offsets[^1] + labelings[^1].Clusters;

        var sizes = new int[count];
        ClustersOf = new int[count][];
        for (int i = 0; i < cellOfRow.Length; i++)
        {
            sizes[cellOfRow[i]]++;
            ClustersOf[cellOfRow[i]] ??= [.. labelings.Select((labeling, m) => Offsets[m] + labeling.Labels[i])];
        }
        var next = new int[count];
        for (int cell = 1; cell < count; cell++)
            next[cell] = next[cell - 1] + Full(sizes[cell - 1]);
        Positions = next[^1] + Full(sizes[^1]);
        (RowAt, Real, CellOf) = (new int[Positions], new bool[Positions], new int[Positions / Width]);
        for (int i = 0; i < cellOfRow.Length; i++)
        {
            int at = next[cellOfRow[i]]++;
            (RowAt[at], Real[at], CellOf[at / Width]) = (i, true, cellOfRow[i]);
        }
        for (int at = 1; at < Positions; at++)
            if (!Real[at])
                RowAt[at] = RowAt[at - 1];

        // A power of two: silhouettes do not mind it, nothing is rounded, and squares neither overflow nor vanish.
        double scale = Math.ScaleB(1, -Exponent(rows));
        (Lanes, Points) = (new double[Positions * Columns], new double[Positions * Columns]);
        for (int at = 0; at < Positions; at++)
            for (int j = 0; j < Columns; j++)
                Lanes[(at / Width * Columns + j) * Width + at % Width] = Points[at * Columns + j] = rows[RowAt[at], j] * scale;
    }

    public Labeling[] Labelings { get; }
    /// <summary>Of every labeling the first of its clusters, counted over all labelings.</summary>
    public int[] Offsets { get; }
    /// <summary>Of all labelings together.</summary>
    public int Clusters { get; }
    public int Columns { get; }
    /// <summary>Rows with their repeats, a multiple of sixteen.</summary>
    public int Positions { get; }
    /// <summary>The row at every position.</summary>
    public int[] RowAt { get; }
    /// <summary>False for a repeat.</summary>
    public bool[] Real { get; }
    /// <summary>The cell of every group of sixteen positions.</summary>
    public int[] CellOf { get; }
    /// <summary>The clusters of every cell, one of each labeling, counted over all labelings.</summary>
    public int[][] ClustersOf { get; }
    /// <summary>Groups × columns × 16, scaled.</summary>
    public double[] Lanes { get; }
    /// <summary>Positions × columns, scaled.</summary>
    public double[] Points { get; }

    /// <summary>The cells of as many labelings, from the first on, as have no more than so many cells; at least one.</summary>
    public static LabelCells Of(Matrix rows, ReadOnlySpan<Labeling> labelings, int mostCells)
    {
        int[] cells = labelings[0].Labels;
        int count = labelings[0].Clusters, taken = 1;
        for (; taken < labelings.Length; taken++)
        {
            var (finer, more) = Divide(cells, labelings[taken].Labels);
            if (more > mostCells)
                break;
            (cells, count) = (finer, more);
        }
        return new(rows, labelings[..taken].ToArray(), cells, count);
    }

    private static (int[] Cells, int Count) Divide(int[] cells, int[] labels)
    {
        var index = new Dictionary<(int, int), int>();
        var finer = new int[cells.Length];
        for (int i = 0; i < cells.Length; i++)
        {
            if (!index.TryGetValue((cells[i], labels[i]), out finer[i]))
                index.Add((cells[i], labels[i]), finer[i] = index.Count);
        }
        return (finer, index.Count);
    }

    private static int Full(int size) => (size + Width - 1) / Width * Width;

    private static int Exponent(Matrix rows)
    {
        double most = 0;
        foreach (double value in rows.Values)
            most = Math.Max(most, Math.Abs(value));
        return most == 0 ? 0 : Math.Clamp(Math.ILogB(most), -1000, 1000);
    }
}
