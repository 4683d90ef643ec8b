namespace Clientele.Learning;

/// <summary>
/// Running totals of a value down the rows, best prediction first. Rows of equal prediction share their total evenly: what every order of theirs gives on
/// average, so nothing here depends on the order of rows.
/// </summary>
internal sealed class RankedTotals
{
    private readonly List<int> ranks = [0];
    private readonly List<double> totals = [0];

    public RankedTotals(double[] values, double[] predicted)
    {
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort([.. predicted.Select(p => -p)], order);
        for (int first = 0, last; first < order.Length; first = last)
        {
            for (last = first + 1; last < order.Length && predicted[order[last]] == predicted[order[first]]; last++) { }
            // Added from the least up: the same bits in every order of the tied rows.
            double[] tied = [.. order[first..last].Select(i => values[i])];
            Array.Sort(tied);
            double sum = 0;
            foreach (double value in tied)
                sum += value;
            ranks.Add(last);
            totals.Add(totals[^1] + sum);
        }
    }

    public double Total => totals[^1];
    public int Rows => ranks[^1];

    /// <summary>Mean over ranks 1 … n of the running total.</summary>
    public double MeanTotal()
    {
        double sum = 0;
        for (int block = 1; block < ranks.Count; block++)
        {
            double size = ranks[block] - ranks[block - 1], gain = totals[block] - totals[block - 1];
            sum += size * totals[block - 1] + gain * (size + 1) / 2;
        }
        return sum / Rows;
    }

    /// <summary>Total of the first rows; of a row in part, that part of its value.</summary>
    /// <param name="rank">0 … n, need not be whole.</param>
    public double At(double rank)
    {
        int block = ranks.BinarySearch((int)Math.Ceiling(rank));
        block = Math.Max(1, block < 0 ? ~block : block);
        double part = (rank - ranks[block - 1]) / (ranks[block] - ranks[block - 1]);
        return totals[block - 1] + part * (totals[block] - totals[block - 1]);
    }
}
