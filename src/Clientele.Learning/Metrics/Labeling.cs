namespace Clientele.Learning;

/// <summary>Labels checked and counted once, for the indices that need sizes and centroids.</summary>
internal sealed class Labeling
{
    private Labeling(int[] labels, int[] counts) => (Labels, Counts) = (labels, counts);

    public int[] Labels { get; }
    /// <summary>Rows with each label; 0 for labels that are not used.</summary>
    public int[] Counts { get; }
    public int Clusters => Counts.Length;
    public int Used => Counts.Count(count => count > 0);

    /// <exception cref="ArgumentException">Not one label per row, a label below 0, or fewer than two clusters.</exception>
    public static Labeling Of(Matrix rows, IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count != rows.Rows)
            throw new ArgumentException($"{labels.Count} labels were given for {rows.Rows} rows.", nameof(labels));
        int[] copy = [.. labels];
        int negative = Array.FindIndex(copy, label => label < 0);
        if (negative >= 0)
            throw new ArgumentException($"The label of row {negative} is {copy[negative]}; labels count from 0.", nameof(labels));
        var labeling = Unchecked(copy);
        if (labeling.Used < 2)
            throw new ArgumentException("An index of separation needs at least two clusters.", nameof(labels));
        return labeling;
    }

    /// <summary>Of our own labels: from 0, maybe all the same.</summary>
    public static Labeling Unchecked(ReadOnlySpan<int> labels)
    {
        int most = -1;
        foreach (int label in labels)
            most = Math.Max(most, label);
        var counts = new int[most + 1];
        foreach (int label in labels)
            counts[label]++;
        return new(labels.ToArray(), counts);
    }

    /// <summary>k × d means; NaN for a label that is not used.</summary>
    public Matrix Centroids(Matrix rows)
    {
        var centroids = new Matrix(Clusters, rows.Columns);
        for (int i = 0; i < rows.Rows; i++)
        {
            var row = rows.Row(i);
            var centroid = centroids.Row(Labels[i]);
            for (int j = 0; j < row.Length; j++)
                centroid[j] += row[j];
        }
        for (int c = 0; c < Clusters; c++)
            foreach (ref double value in centroids.Row(c))
                value /= Counts[c];
        return centroids;
    }
}
