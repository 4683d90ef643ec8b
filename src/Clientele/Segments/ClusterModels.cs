using Clientele.Learning;
using Clientele.Settings;

namespace Clientele.Segments;

/// <summary>What <c>segmentation: model</c> may name.</summary>
internal static class ClusterModels
{
    /// <summary>For people.</summary>
    public static string Title(string model) => model switch
    {
        "mixture" => "a Gaussian mixture",
        "ward" => "Ward's method",
        "medoids" => "k-medoids",
        "prototypes" => "k-prototypes",
        _ => "k-means",
    };

    /// <param name="points">n × (dimensions of the space, then categories).</param>
    /// <param name="categories">How many of the last columns hold codes.</param>
    public static IClusterModel Fit(Matrix points, int categories, int clusters, WorkspaceSettings settings, int threads, CancellationToken cancel)
    {
        var (restarts, seed) = (settings.Segmentation.Restarts, settings.Seed);
        return settings.Segmentation.Model switch
        {
            "mixture" => Mixture(points, clusters, settings, threads, cancel),
            "ward" => Ward.Fit(points, new() { Clusters = clusters, Seed = seed, Threads = threads }, cancel: cancel).Model,
            "medoids" => KMedoids.Fit(points, new() { Clusters = clusters, Restarts = restarts, Seed = seed, Threads = threads }, cancel: cancel).Model,
            "prototypes" => KPrototypes.Fit(points, new()
            {
                Clusters = clusters,
                Categorical = [.. Enumerable.Range(points.Columns - categories, categories)],
                Restarts = restarts,
                Seed = seed,
                Threads = threads,
            }, cancel: cancel).Model,
            _ => new CentreModel(KMeans.Fit(points, new() { Clusters = clusters, Restarts = restarts, Seed = seed, Threads = threads }, cancel: cancel).Centres),
        };
    }

    // The form of the ellipsoids is a matter of evidence too: the one of least BIC.
    private static GaussianMixtureModel Mixture(Matrix points, int clusters, WorkspaceSettings settings, int threads, CancellationToken cancel) =>
        Enum.GetValues<MixtureCovariance>().Select(covariance => GaussianMixture.Fit(points, new()
        {
            Components = clusters,
            Covariance = covariance,
            Restarts = settings.Segmentation.Restarts,
            Seed = settings.Seed,
            Threads = threads,
        }, cancel: cancel)).MinBy(fit => fit.Bic)!.Model;
}
