using System.Text.Json.Serialization;

namespace Clientele.Learning;

/// <summary>Every row belongs to its nearest centre (Euclidean): what k-means and Ward's method leave behind.</summary>
/// <param name="Centres">k × d.</param>
public sealed record CentreModel(Matrix Centres) : IClusterModel
{
    [JsonIgnore]
    public int Clusters => Centres.Rows;

    public Assignment Assign(Matrix rows, int threads = 0) => KMeans.Assign(rows, Centres, threads);

    public IClusterModel Take(IReadOnlyList<int> clusters) => new CentreModel(Centres.Take(clusters));
}
