namespace Clientele.Learning.Tests;

public sealed class ClusterStudyTests
{
    private static readonly Matrix Rows = Family.Planted(4).First().Rows(seed: 2);

    [Fact]
    public void Every_k_has_its_fit_and_its_indices()
    {
        var study = ClusterStudy.Run(Rows, new() { MaxClusters = 6 });
        Assert.Equal([2, 3, 4, 5, 6], study.Select(at => at.Fit.Centres.Rows));
        var three = KMeans.Fit(Rows, new() { Clusters = 3 });
        Assert.Equal(three.Inertia, study[1].Fit.Inertia);
        Assert.Equal(Silhouette.Score(Rows, three.Labels).Mean, study[1].Silhouette, 1e-12);
        Assert.Equal(DaviesBouldin.Score(Rows, three.Labels), study[1].DaviesBouldin);
        Assert.Equal(CalinskiHarabasz.Score(Rows, three.Labels), study[1].CalinskiHarabasz);
    }

    [Fact]
    public void One_cluster_has_no_indices() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ClusterStudy.Run(Rows, new() { MinClusters = 1 }));
}
