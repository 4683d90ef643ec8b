namespace Clientele.Learning;

/// <summary>One tree, a node per index, the root first.</summary>
/// <param name="Features">Column that a node asks; −1 at a leaf.</param>
/// <param name="Cuts">A row goes left when its value is below; at a leaf the path length: depth + c(rows that ended here).</param>
/// <param name="Lefts">Index of the left child; the right one is next to it.</param>
public sealed record IsolationTree(int[] Features, double[] Cuts, int[] Lefts)
{
    internal double Path(ReadOnlySpan<double> row)
    {
        int node = 0;
        while (Features[node] is >= 0 and var feature)
            node = Lefts[node] + (row[feature] < Cuts[node] ? 0 : 1);
        return Cuts[node];
    }
}

/// <summary>Grows one tree by cuts at a random height of a random column that still varies.</summary>
internal sealed class TreeGrower(Matrix rows, RandomStream random, int maxDepth)
{
    private readonly List<int> features = [], lefts = [];
    private readonly List<double> cuts = [];
    private readonly int[] columns = [.. Enumerable.Range(0, rows.Columns)];

    public IsolationTree Grow(int[] sample)
    {
        Add();
        Split(0, sample, 0);
        return new([.. features], [.. cuts], [.. lefts]);
    }

    private void Add()
    {
        features.Add(-1);
        cuts.Add(0);
        lefts.Add(0);
    }

    private void Split(int node, Span<int> sample, int depth)
    {
        if (depth >= maxDepth || sample.Length <= 1 || Choose(sample) is not var (feature, low, high))
        {
            cuts[node] = depth + IsolationForest.AveragePath(sample.Length);
            return;
        }
        double u = random.Unit(), cut = low * (1 - u) + high * u;
        if (cut <= low || cut > high)
            cut = high;
        int middle = Partition(sample, feature, cut), left = features.Count;
        (features[node], cuts[node], lefts[node]) = (feature, cut, left);
        Add();
        Add();
        Split(left, sample[..middle], depth + 1);
        Split(left + 1, sample[middle..], depth + 1);
    }

    // Columns in random order until one varies; null: all these rows are alike.
    private (int Feature, double Low, double High)? Choose(ReadOnlySpan<int> sample)
    {
        for (int left = columns.Length; left > 0; left--)
        {
            int at = random.Below(left);
            (columns[at], columns[left - 1]) = (columns[left - 1], columns[at]);
            int feature = columns[left - 1];
            (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (int i in sample)
                (low, high) = (Math.Min(low, rows[i, feature]), Math.Max(high, rows[i, feature]));
            if (low < high)
                return (feature, low, high);
        }
        return null;
    }

    private int Partition(Span<int> sample, int feature, double cut)
    {
        int middle = 0;
        for (int i = 0; i < sample.Length; i++)
            if (rows[sample[i], feature] < cut)
            {
                (sample[i], sample[middle]) = (sample[middle], sample[i]);
                middle++;
            }
        return middle;
    }
}
