using System.Numerics;

namespace Clientele.Learning;

/// <summary>A row in a node of a forest's tree: how often it was drawn (times its weight), and that times its value, or its class.</summary>
internal readonly record struct ForestRow(int Row, double Weight, double Value);

/// <summary>A node that asks for a question.</summary>
/// <param name="Sums">Per channel.</param>
/// <param name="Bounds">Of the means below it, moved and scaled as values are.</param>
internal readonly record struct ForestNode(double[] Sums, double Weight, LeafBounds Bounds);

/// <summary>The best question a node found.</summary>
internal sealed class ForestSplit
{
    public double Gain { get; set; }
    public int Feature { get; set; } = -1;
    public double Cut { get; set; }
    /// <summary>Whether the node has rows without a value in this column.</summary>
    public bool MissingSeen { get; set; }
    /// <summary>Per bin: whether it goes left.</summary>
    public bool[] Left { get; } = new bool[256];
    /// <summary>Half-way between the means of the two sides; only of a column that must stay monotone.</summary>
    public double Middle { get; set; }

    public bool MissingLeft => Left[FeatureBins.Missing];
}

/// <summary>
/// Searches one column of one node: sums per bin, then a cut between bins. Only bins that hold rows are visited: deep in a tree there are few.
/// </summary>
internal sealed class ForestSplitter(BinnedTable table, ForestTarget target, RandomForestOptions options)
{
    private readonly int channels = target.Channels;
    // Per bin.
    private readonly double[] sums = new double[256 * target.Channels], weights = new double[256], ranks = new double[256];
    private readonly int[] counts = new int[256], present = new int[256];
    private readonly ulong[] touched = new ulong[4];
    // Per cut.
    private readonly double[] leftSums = new double[256 * target.Channels], leftWeights = new double[256], gains = new double[256];
    private readonly int[] leftRows = new int[256];

    /// <summary>Improves on <paramref name="best"/> if this column can.</summary>
    /// <returns>False when all rows of the node are alike in this column.</returns>
    public bool Search(int feature, ReadOnlySpan<ForestRow> rows, ForestNode node, ForestSplit best)
    {
        Gather(table.Columns[feature], rows);
        int bins = Present(out bool missing);
        bool varies = bins + (missing ? 1 : 0) > 1;
        if (varies)
        {
            if (table.Features[feature].IsCategorical && channels == 1)
                Arrange(bins);
            for (int direction = 0; direction < (missing ? 2 : 1); direction++)
                Scan(feature, bins, missing, direction == 1, rows.Length, node, best);
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
            ranks[i] = sums[present[i]] / weights[present[i]];
        for (int i = 1; i < bins; i++)
        {
            (double rank, int bin, int at) = (ranks[i], present[i], i);
            for (; at > 0 && ranks[at - 1] > rank; at--)
                (ranks[at], present[at]) = (ranks[at - 1], present[at - 1]);
            (ranks[at], present[at]) = (rank, bin);
        }
    }

    private void Scan(int feature, int bins, bool missing, bool missingLeft, int rows, ForestNode node, ForestSplit best)
    {
        // Missing to the right: the last cut parts it from all others.
        int cuts = missing && !missingLeft ? bins : bins - 1, found = -1, sign = MonotoneColumns.Sign(options.Monotone, feature);
        Accumulate(cuts, missingLeft);
        if (options.Monotone.Count > 0)
            RunBounded(cuts, sign, node);
        else
            target.Criterion.Run(leftSums.AsSpan(0, cuts * channels), leftWeights.AsSpan(0, cuts), node.Sums, node.Weight, gains);
        for (int i = 0; i < cuts; i++)
            if (gains[i] > best.Gain && leftRows[i] >= options.MinLeafRows && rows - leftRows[i] >= options.MinLeafRows && leftWeights[i] < node.Weight)
                (best.Gain, found) = (gains[i], i);
        if (found < 0)
            return;
        var of = table.Features[feature];
        (best.Feature, best.MissingSeen) = (feature, missing);
        // Half-way between the values on either side, as far as the bins know them.
        best.Cut = of.IsCategorical ? 0 : found == bins - 1 ? double.MaxValue : of.Cut(present[found]) / 2 + of.Cut(present[found + 1] - 1) / 2;
        Array.Clear(best.Left);
        for (int i = 0; i <= found; i++)
            best.Left[present[i]] = true;
        best.Left[FeatureBins.Missing] = missing && missingLeft;
        if (sign != 0)
            best.Middle = (Left(found, node) + Right(found, node)) / 2;
    }

    // What lies left of every cut.
    private void Accumulate(int cuts, bool missingLeft)
    {
        const int missing = FeatureBins.Missing;
        (int rows, double weight) = missingLeft ? (counts[missing], weights[missing]) : (0, 0);
        for (int i = 0; i < cuts; i++)
        {
            int bin = present[i];
            (leftRows[i], leftWeights[i]) = (rows += counts[bin], weight += weights[bin]);
        }
        for (int k = 0; k < channels; k++)
        {
            double sum = missingLeft ? sums[missing * channels + k] : 0;
            for (int i = 0; i < cuts; i++)
                leftSums[i * channels + k] = sum += sums[present[i] * channels + k];
        }
    }

    // Every side answers within the node's bounds; cuts that break the order drop out.
    private void RunBounded(int cuts, int sign, ForestNode node)
    {
        double sum = node.Sums[0], own = target.Criterion.Loss(sum, node.Weight, target.Mean(sum, node.Weight, node.Bounds), sum);
        for (int i = 0; i < cuts; i++)
        {
            double left = Left(i, node), right = Right(i, node);
            gains[i] = sign * (right - left) < 0 ? double.NegativeInfinity
                : own - target.Criterion.Loss(leftSums[i], leftWeights[i], left, sum) - target.Criterion.Loss(sum - leftSums[i], node.Weight - leftWeights[i], right, sum);
        }
    }

    // What the sides of a cut answer.
    private double Left(int cut, ForestNode node) => target.Mean(leftSums[cut], leftWeights[cut], node.Bounds);

    private double Right(int cut, ForestNode node) => target.Mean(node.Sums[0] - leftSums[cut], node.Weight - leftWeights[cut], node.Bounds);

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
