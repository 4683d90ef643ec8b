using System.Text.Json.Serialization;

namespace Clientele.Learning;

/// <summary>Every row belongs to its nearest medoid: a row that stands for its cluster.</summary>
/// <param name="Medoids">k × d.</param>
public sealed record MedoidModel(RowDistance Distance, Matrix Medoids) : IClusterModel
{
    private const int Block = 1024;

    [JsonIgnore]
    public int Clusters => Medoids.Rows;

    /// <summary>Distances are to the nearest medoid, in the model's own measure. Of equally near ones, the lowest.</summary>
    public Assignment Assign(Matrix rows, int threads = 0)
    {
        if (Distance == RowDistance.Euclidean)
            return KMeans.Assign(rows, Medoids, threads);
        NotFiniteException.Refuse(rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Columns, Medoids.Columns, nameof(rows));
        var (labels, distances, seconds) = (new int[rows.Rows], new double[rows.Rows], new int[rows.Rows]);
        Workers.Run((rows.Rows + Block - 1) / Block, threads, block =>
        {
            for (int i = block * Block; i < Math.Min(rows.Rows, (block + 1) * Block); i++)
                (labels[i], distances[i], seconds[i]) = Nearest(rows.Row(i));
        });
        return new(labels, distances, seconds);
    }

    public IClusterModel Take(IReadOnlyList<int> clusters) => this with { Medoids = Medoids.Take(clusters) };

    private (int Label, double Distance, int Second) Nearest(ReadOnlySpan<double> row)
    {
        var two = new NearestTwo();
        for (int c = 0; c < Clusters; c++)
        {
            var medoid = Medoids.Row(c);
            double sum = 0;
            for (int j = 0; j < row.Length; j++)
                sum += Math.Abs(row[j] - medoid[j]);
            two.Meet(c, sum);
        }
        return (two.First, two.Distance, two.Second);
    }
}
