namespace Clientele.Learning;

/// <summary>Grows one tree by cuts at a random height of a random column that still varies.</summary>
/// <param name="rows">The sample it is grown on, m × d.</param>
/// <param name="maxDepth">Nodes this deep are not cut again.</param>
internal sealed class TreeGrower(Matrix rows, RandomStream random, int maxDepth)
{
    private readonly List<int> features = [], lefts = [];
    private readonly List<double> cuts = [];
    private readonly int[] columns = [.. Enumerable.Range(0, rows.Columns)];

    public IsolationTree Grow()
    {
        Add();
        Split(0, [.. Enumerable.Range(0, rows.Rows)], 0);
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
