namespace Clientele.Learning.Tests;

/// <summary>Beside scikit-learn, on the same rows: the same indices for its labels, and an inertia no worse than its best of ten starts.</summary>
public sealed class PeerTests
{
    [Fact]
    public void January_beside_the_peer() => Compare(Tables.January);

    [Fact]
    public void Ecommerce_components_beside_the_peer() => Compare(Tables.EcommerceComponents);

    [Fact]
    public void Wine_beside_the_peer() => Compare(Tables.Wine.Rows.Standardised());

    [Theory]        // the other sets, and those of more rows: ./dev bench learning-inertia
    [InlineData("aggregation"), InlineData("ecoli"), InlineData("r15"), InlineData("seeds"), InlineData("sonar")]
    public void Shared_sets_have_no_more_inertia_than_the_peer_reaches_in_as_many_restarts(string set)
    {
        var table = Tables.Labelled(set + ".csv");
        int k = table.Labels.Distinct().Count();
        double peer = PeerScript.KMeansStudy(table.Rows, [k], restarts: 10).Fits[0].Inertia;
        Assert.InRange(KMeans.Fit(table.Rows, new() { Clusters = k, Restarts = 10 }).Inertia, 0, peer * (1 + 1e-6));
    }

    private static void Compare(Matrix rows)
    {
        int[] clusters = [.. Enumerable.Range(2, 9)];
        foreach (var peer in PeerScript.KMeansStudy(rows, clusters, restarts: 10).Fits)
        {
            Assert.Equal(peer.Silhouette, Silhouette.Score(rows, peer.Labels).Mean, 1e-9);
            Assert.Equal(peer.DaviesBouldin, DaviesBouldin.Score(rows, peer.Labels), 1e-9);
            Assert.Equal(peer.CalinskiHarabasz, CalinskiHarabasz.Score(rows, peer.Labels), 1e-9 * peer.CalinskiHarabasz);
            double ours = KMeans.Fit(rows, new() { Clusters = peer.Clusters, Restarts = 10 }).Inertia;
            Assert.True(ours <= peer.Inertia * (1 + 1e-9), FormattableString.Invariant($"k = {peer.Clusters}: ours {ours}, the peer's {peer.Inertia}"));
        }
    }
}
