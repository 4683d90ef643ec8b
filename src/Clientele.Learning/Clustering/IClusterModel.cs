using System.Text.Json.Serialization;

namespace Clientele.Learning;

/// <summary>A fitted division of rows into clusters, whatever found it. Plain data: it survives JSON to the bit.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CentreModel), "centres")]
[JsonDerivedType(typeof(GaussianMixtureModel), "mixture")]
[JsonDerivedType(typeof(MedoidModel), "medoids")]
[JsonDerivedType(typeof(PrototypeModel), "prototypes")]
public interface IClusterModel
{
    /// <summary>k.</summary>
    [JsonIgnore]
    int Clusters { get; }

    /// <summary>The cluster of every row. A row's answer does not depend on the rows beside it.</summary>
    /// <param name="rows">n × the columns of the fit, finite.</param>
    /// <param name="threads">At most this many; 0: all cores.</param>
    /// <returns>Distances are the model's own: each implementation says which.</returns>
    Assignment Assign(Matrix rows, int threads = 0);

    /// <summary>The same model with these clusters only, in this order.</summary>
    IClusterModel Take(IReadOnlyList<int> clusters);
}
