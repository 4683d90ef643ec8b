namespace Clientele.Learning;

/// <param name="Centres">k × d, row-major.</param>
/// <param name="Labels">At least as long as there are rows; what follows is padding.</param>
/// <param name="Empty">Clusters that no row could be found for: there are fewer distinct rows than clusters.</param>
internal sealed record LloydFit(double[] Centres, int[] Labels, double Inertia, int Iterations, bool Converged, int Empty);

/// <summary>Assigns and averages in turn, from given centres to rest. Source: Lloyd (1982), IEEE Trans. Inf. Theory 28(2).</summary>
/// <remarks>Work is cut into blocks of 4,096 rows whose sums are merged in block order: threads only decide who computes a block.</remarks>
internal sealed class Lloyd
{
    internal const int BlockGroups = 4096 / LaneRows.Width;

    private readonly LaneRows rows;
    private readonly int clusters, threads, blocks;
    private readonly int[] labels;
    private readonly CentreSums[] parts;
    private readonly bool[] changed;
    private readonly CentreSums total;
    private readonly CancellationToken cancel;
    private double[] centres;

    private Lloyd(LaneRows rows, double[] start, int threads, CancellationToken cancel)
    {
        (this.rows, this.threads, this.cancel, centres) = (rows, threads, cancel, [.. start]);
        clusters = start.Length / rows.Columns;
        blocks = (rows.Groups + BlockGroups - 1) / BlockGroups;
        labels = new int[rows.Groups * LaneRows.Width];
        Array.Fill(labels, -1);
        parts = [.. Enumerable.Range(0, blocks).Select(_ => new CentreSums(clusters, rows.Stride))];
        changed = new bool[blocks];
        total = new(clusters, rows.Stride);
    }

    /// <param name="start">k × d, row-major.</param>
    /// <param name="tolerance">Ends when Σ‖Δc‖² is at most this; 0: only when labels repeat.</param>
    public static LloydFit Run(LaneRows rows, double[] start, int maxIterations, double tolerance, int threads = 1, CancellationToken cancel = default) =>
        new Lloyd(rows, start, threads, cancel).Run(maxIterations, tolerance);

    private LloydFit Run(int maxIterations, double tolerance)
    {
        for (int iteration = 1; iteration <= maxIterations; iteration++)
        {
            cancel.ThrowIfCancellationRequested();
            bool moved = Assign();
            if (!moved)
                return Finish(iteration, converged: true);
            Merge();
            FillEmpty();
            if (Average() <= tolerance)
            {
                Assign();
                return Finish(iteration, converged: true);
            }
        }
        Assign();
        return Finish(maxIterations, converged: false);
    }

    private bool Assign()
    {
        double[] even = AssignPass.Even(centres, rows.Columns);
        Workers.Run(blocks, threads, block =>
        {
            int first = block * BlockGroups, end = Math.Min(rows.Groups, first + BlockGroups);
            changed[block] = AssignPass.Run(rows, even, first, end, labels);
            parts[block].Clear();
            parts[block].Add(rows, labels, first * LaneRows.Width, Math.Min(rows.Rows, end * LaneRows.Width));
        });
        return Array.IndexOf(changed, true) >= 0;
    }

    private void Merge()
    {
        total.Clear();
        foreach (var part in parts)
            total.Add(part);
    }

    // A cluster without rows gets the row farthest from its own centre; several get distinct ones.
    private void FillEmpty()
    {
        for (int c = 0; c < clusters; c++)
        {
            if (total.Counts[c] > 0 || Farthest() is not (>= 0 and var row))
                continue;
            labels[row] = c;
            rows.Row(row).CopyTo(centres.AsSpan(c * rows.Columns));
            total.Clear();
            total.Add(rows, labels, 0, rows.Rows);
        }
    }

    private int Farthest()
    {
        (double most, int farthest) = (0, -1);
        for (int i = 0; i < rows.Rows; i++)
        {
            if (total.Counts[labels[i]] > 1 && Distance(i) is var distance && distance > most)
                (most, farthest) = (distance, i);
        }
        return farthest;
    }

    private double Distance(int row) => LaneRows.SquaredDistance(rows.Row(row), centres.AsSpan(labels[row] * rows.Columns, rows.Columns));

    // Moves every centre to the mean of its rows; returns Σ‖Δc‖².
    private double Average()
    {
        int d = rows.Columns;
        double shift = 0;
        for (int c = 0; c < clusters; c++)
        {
            if (total.Counts[c] == 0)
                continue;
            for (int j = 0; j < d; j++)
            {
                double mean = total.Sums[c * rows.Stride + j] / total.Counts[c];
                double gap = mean - centres[c * d + j];
                shift += gap * gap;
                centres[c * d + j] = mean;
            }
        }
        return shift;
    }

    private LloydFit Finish(int iterations, bool converged)
    {
        Merge();
        if (Array.IndexOf(total.Counts, 0) >= 0)
        {
            FillEmpty();
            Average();
        }
        double inertia = 0;
        for (int first = 0; first < rows.Rows; first += BlockGroups * LaneRows.Width)
        {
            double part = 0;
            for (int i = first; i < Math.Min(rows.Rows, first + BlockGroups * LaneRows.Width); i++)
                part += Distance(i);
            inertia += part;
        }
        return new(centres, labels, inertia, iterations, converged, total.Counts.Count(count => count == 0));
    }
}
