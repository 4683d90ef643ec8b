using System.Numerics;

namespace Clientele.Learning;

/// <summary>A row in a node of a forest's tree: how often it was drawn (times its weight), and that times its value, or its class.</summary>
internal readonly record struct ForestRow(int Row, double Weight, double Value);

/// <summary>The best question a node found.</summary>
internal sealed class ForestSplit
{
    public double Gain { get; set; }
    public int Feature { get; set; } = -1;
    public double Cut { get; set; }
    public bool MissingLeft { get; set; }
    /// <summary>Per bin: whether it goes left.</summary>
    public bool[] Left { get; } = new bool[256];
}

/// <summary>
/// Searches one column of one node: sums per bin, then a cut between bins. Only bins that hold rows are visited: deep in a tree there are few.
/// Variance of amounts and Gini's impurity of classes come to the same: Σ over channels of sum² / weight, left and right, is to be large.
/// </summary>
internal sealed class ForestSplitter(BinnedTable table, int channels, RandomForestOptions options)
{
    private readonly double[] sums = new double[256 * channels], weights = new double[256], left = new double[channels], right = new double[channels];
    private readonly int[] counts = new int[256], present = new int[256];
    private readonly double[] ranks = new double[256];
    private readonly ulong[] touched = new ulong[4];

    /// <summary>Improves on <paramref name="best"/> if this column can.</summary>
    /// <param name="total">Per channel: the node's sums.</param>
    /// <returns>False when all rows of the node are alike in this column.</returns>
    public bool Search(int feature, ReadOnlySpan<ForestRow> rows, ReadOnlySpan<double> total, double weight, ForestSplit best)
    {
        Gather(table.Columns[feature], rows);
        int bins = Present(out bool missing);
        bool varies = bins + (missing ? 1 : 0) > 1;
        var of = table.Features[feature];
        if (varies)
        {
            if (of.IsCategorical && channels == 1)
                Arrange(bins);
            for (int direction = 0; direction < (missing ? 2 : 1); direction++)
                Scan(feature, of, bins, missing, direction == 1, rows.Length, total, weight, best);
        }
        Clear(bins, missing);
        return varies;
    }

    private void Gather(byte[] column, ReadOnlySpan<ForestRow> rows)
    {
        foreach (ref readonly var row in rows)
        {
            int bin = column[row.Row];
            touched[bin >> 6] |= 1UL << bin;
            counts[bin]++;
            weights[bin] += row.Weight;
            if (channels == 1)
                sums[bin] += row.Value;
            else
                sums[bin * channels + (int)row.Value] += row.Weight;
        }
    }

    // The bins that hold rows, ascending, without the one for missing values.
    private int Present(out bool missing)
    {
        int bins = 0;
        missing = touched[3] >> 63 != 0;
        for (int word = 0; word < 4; word++)
            for (ulong bits = word == 3 ? touched[3] & ~(1UL << 63) : touched[word]; bits != 0; bits &= bits - 1)
                present[bins++] = word * 64 + BitOperations.TrailingZeroCount(bits);
        return bins;
    }

    // Categories in the order of their means (Fisher 1958). Of several classes they stay in the order of their codes.
    private void Arrange(int bins)
    {
        for (int i = 0; i < bins; i++)
            ranks[i] = weights[present[i]] > 0 ? sums[present[i]] / weights[present[i]] : 0;
        for (int i = 1; i < bins; i++)
        {
            (double rank, int bin, int at) = (ranks[i], present[i], i);
            for (; at > 0 && ranks[at - 1] > rank; at--)
                (ranks[at], present[at]) = (ranks[at - 1], present[at - 1]);
            (ranks[at], present[at]) = (rank, bin);
        }
    }

    private void Scan(int feature, FeatureBins of, int bins, bool missing, bool missingLeft, int rows, ReadOnlySpan<double> total, double weight, ForestSplit best)
    {
        double leftWeight = missingLeft ? weights[FeatureBins.Missing] : 0, own = Squares(total) / weight;
        int leftRows = missingLeft ? counts[FeatureBins.Missing] : 0, found = -1;
        for (int k = 0; k < channels; k++)
            left[k] = missingLeft ? sums[FeatureBins.Missing * channels + k] : 0;
        // Missing to the right: the last cut parts it from all others.
        for (int i = 0; i < (missing && !missingLeft ? bins : bins - 1); i++)
        {
            int bin = present[i];
            leftRows += counts[bin];
            leftWeight += weights[bin];
            double rightWeight = weight - leftWeight, gain = -own;
            for (int k = 0; k < channels; k++)
                left[k] += sums[bin * channels + k];
            if (leftRows < options.MinLeafRows || rows - leftRows < options.MinLeafRows || leftWeight <= 0 || rightWeight <= 0)
                continue;
            for (int k = 0; k < channels; k++)
                right[k] = total[k] - left[k];
            gain += Squares(left) / leftWeight + Squares(right) / rightWeight;
            if (gain > best.Gain)
                (best.Gain, found) = (gain, i);
        }
        if (found < 0)
            return;
        (best.Feature, best.MissingLeft) = (feature, missingLeft);
        // Half-way between the values on either side, as far as the bins know them.
        best.Cut = of.IsCategorical ? 0 : found == bins - 1 ? double.MaxValue : of.Cut(present[found]) / 2 + of.Cut(present[found + 1] - 1) / 2;
        Array.Clear(best.Left);
        for (int i = 0; i <= found; i++)
            best.Left[present[i]] = true;
        best.Left[FeatureBins.Missing] = missing && missingLeft;
    }

    private static double Squares(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
            sum += value * value;
        return sum;
    }

    private void Clear(int bins, bool missing)
    {
        for (int i = 0; i < bins + (missing ? 1 : 0); i++)
        {
            int bin = i < bins ? present[i] : FeatureBins.Missing;
            (counts[bin], weights[bin]) = (0, 0);
            sums.AsSpan(bin * channels, channels).Clear();
        }
        Array.Clear(touched);
    }
}
