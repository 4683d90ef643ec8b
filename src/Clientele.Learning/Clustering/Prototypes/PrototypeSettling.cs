namespace Clientele.Learning;

/// <summary>One start of <see cref="KPrototypes"/>: all rows are assigned, then all prototypes move, until no label changes.</summary>
internal sealed class PrototypeSettling
{
    private readonly Matrix rows, prototypes;
    private readonly MixedDistance distance;
    private readonly int[] labels;
    private readonly double[] near;
    private readonly int[][] sorted;        // of every categorical column the rows by code

    public PrototypeSettling(Matrix rows, MixedDistance distance, int clusters, RandomStream random)
    {
        (this.rows, this.distance) = (rows, distance);
        (labels, near) = (new int[rows.Rows], new double[rows.Rows]);
        sorted = [.. Enumerable.Range(0, rows.Columns).Select(ByCode)];
        prototypes = rows.Take(Seeds(clusters, random));
    }

    public (Matrix Prototypes, int[] Labels, double Cost, int Iterations, bool Converged) Run(int maxIterations, CancellationToken cancel)
    {
        Array.Fill(labels, -1);
        int iterations = 0;
        bool moved;
        while ((moved = Assign()) && iterations < maxIterations)
        {
            cancel.ThrowIfCancellationRequested();
            FillEmpty();
            Average();
            Vote();
            iterations++;
        }
        double cost = 0;
        foreach (double part in near)
            cost += part;
        return (prototypes, labels, cost, iterations, !moved);
    }

    // As k-means++: the first row by chance, each next one with a probability in proportion to its squared distance.
    private int[] Seeds(int clusters, RandomStream random)
    {
        var seeds = new int[clusters];
        seeds[0] = random.Below(rows.Rows);
        Array.Fill(near, double.PositiveInfinity);
        for (int s = 1; s < clusters; s++)
        {
            double total = 0;
            for (int i = 0; i < rows.Rows; i++)
                total += near[i] = Math.Min(near[i], distance.Squared(rows.Row(i), rows.Row(seeds[s - 1])));
            if (total == 0)
                throw new ArgumentException($"{clusters} clusters were asked for, but there are only {s} distinct rows.", nameof(clusters));
            double draw = random.Unit() * total;
            for (int i = 0; i < rows.Rows && draw >= 0; i++)
                if (near[i] > 0)
                {
                    draw -= near[i];
                    seeds[s] = i;
                }
        }
        return seeds;
    }

    private bool Assign()
    {
        bool changed = false;
        for (int i = 0; i < rows.Rows; i++)
        {
            var two = distance.Nearest(rows.Row(i), prototypes);
            changed |= labels[i] != two.First;
            (labels[i], near[i]) = (two.First, two.Distance);
        }
        return changed;
    }

    // A cluster without rows gets the row farthest from its own prototype.
    private void FillEmpty()
    {
        var counts = new int[prototypes.Rows];
        foreach (int label in labels)
            counts[label]++;
        for (int c = 0; c < counts.Length; c++)
        {
            if (counts[c] > 0)
                continue;
            int farthest = -1;
            for (int i = 0; i < labels.Length; i++)
                if (counts[labels[i]] > 1 && (farthest < 0 || near[i] > near[farthest]))
                    farthest = i;
            counts[labels[farthest]]--;
            counts[c]++;
            (labels[farthest], near[farthest]) = (c, 0);
        }
    }

    private void Average()
    {
        var counts = new int[prototypes.Rows];
        foreach (int label in labels)
            counts[label]++;
        for (int j = 0; j < rows.Columns; j++)
        {
            if (distance.IsCode(j))
                continue;
            var sums = new double[counts.Length];
            for (int i = 0; i < labels.Length; i++)
                sums[labels[i]] += rows[i, j];
            for (int c = 0; c < counts.Length; c++)
                prototypes[c, j] = sums[c] / counts[c];
        }
    }

    // The most frequent code of every cluster; of equally frequent ones the least.
    private void Vote()
    {
        for (int j = 0; j < rows.Columns; j++)
        {
            int[] order = sorted[j];
            var (most, votes) = (new int[prototypes.Rows], new int[prototypes.Rows]);
            for (int at = 0; at < order.Length; at++)
            {
                double code = rows[order[at], j];
                votes[labels[order[at]]]++;
                if (at < order.Length - 1 && rows[order[at + 1], j] == code)
                    continue;
                for (int c = 0; c < votes.Length; c++)
                    if (votes[c] > most[c])
                        (most[c], prototypes[c, j]) = (votes[c], code);
                Array.Clear(votes);
            }
        }
    }

    private int[] ByCode(int column)
    {
        if (!distance.IsCode(column))
            return [];
        int[] order = [.. Enumerable.Range(0, rows.Rows)];
        Array.Sort(rows.Column(column), order);
        return order;
    }
}
