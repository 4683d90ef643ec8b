using System.Text.Json.Serialization;

namespace Clientele.Learning;

/// <summary>Every row belongs to its nearest prototype: means of the numbers, most frequent categories.</summary>
/// <param name="Categorical">Columns that hold codes, ascending.</param>
/// <param name="Gamma">What a differing category adds to the squared distance.</param>
/// <param name="Prototypes">k × d, columns as in the rows.</param>
public sealed record PrototypeModel(IReadOnlyList<int> Categorical, double Gamma, Matrix Prototypes) : IClusterModel
{
    private const int Block = 1024;

    [JsonIgnore]
    public int Clusters => Prototypes.Rows;

    /// <summary>Distances are √(Σ(x−c)² + γ·differing categories). Of equally near prototypes, the lowest.</summary>
    public Assignment Assign(Matrix rows, int threads = 0)
    {
        NotFiniteException.Refuse(rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Columns, Prototypes.Columns, nameof(rows));
        var distance = new MixedDistance(rows.Columns, Categorical, Gamma);
        var (labels, distances, seconds) = (new int[rows.Rows], new double[rows.Rows], new int[rows.Rows]);
        Workers.Run((rows.Rows + Block - 1) / Block, threads, block =>
        {
            for (int i = block * Block; i < Math.Min(rows.Rows, (block + 1) * Block); i++)
            {
                var two = distance.Nearest(rows.Row(i), Prototypes);
                (labels[i], distances[i], seconds[i]) = (two.First, Math.Sqrt(two.Distance), two.Second);
            }
        });
        return new(labels, distances, seconds);
    }

    public IClusterModel Take(IReadOnlyList<int> clusters) => this with { Prototypes = Prototypes.Take(clusters) };
}
