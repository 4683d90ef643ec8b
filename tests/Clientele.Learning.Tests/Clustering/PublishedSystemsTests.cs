namespace Clientele.Learning.Tests;

/// <summary>What the replaced systems published, reached from their own data (reference/systems.md).</summary>
public sealed class PublishedSystemsTests
{
    [Theory]        // 000 §2, to the printed digits
    [InlineData(2, 42494.5, .5890)]
    [InlineData(3, 19728.6, .5850)]
    public void January_has_the_published_inertia_and_silhouette(int k, double inertia, double silhouette)
    {
        var fit = KMeans.Fit(Tables.January, new() { Clusters = k });
        Assert.Equal(inertia, fit.Inertia, .05);
        Assert.Equal(silhouette, Silhouette.Score(Tables.January, fit.Labels).Mean, .00005);
    }

    [Theory]        // 001 §2. k = 3 has two optima close by.
    [InlineData(2, .2168, 1.7146, 1180.2, 2e-4)]
    [InlineData(3, .2257, 1.5488, 1066.27, 2e-3)]
    [InlineData(4, .2314, 1.3489, 1085.84, 2e-4)]
    public void Ecommerce_components_have_the_published_indices(int k, double silhouette, double daviesBouldin, double calinskiHarabasz, double relative)
    {
        var rows = Tables.EcommerceComponents;
        var labels = KMeans.Fit(rows, new() { Clusters = k }).Labels;
        Assert.Equal(silhouette, Silhouette.Score(rows, labels).Mean, relative * silhouette);
        Assert.Equal(daviesBouldin, DaviesBouldin.Score(rows, labels), relative * daviesBouldin);
        Assert.Equal(calinskiHarabasz, CalinskiHarabasz.Score(rows, labels), relative * calinskiHarabasz);
    }

    private static readonly string[] Bent = ["Wines", "Fruits", "Meat", "Fish", "Sweets", "Gold", "Age", "Total_Spending"];

    [Fact]          // 004 §2: 13 columns standardised, 8 bent first; two components, three clusters
    public void The_categorizer_has_the_published_lambdas_variances_and_sizes()
    {
        var customers = Tables.Customers;
        string[] plain = [.. customers.Header.Except([.. Bent, "cluster"])];
        var bent = YeoJohnson.Fit(customers.Take(Bent));
        Assert.Equal([.19173, .01907, .06220, .05866, .02124, .18010, .63926, .17593], bent.Lambdas, (a, b) => Math.Abs(a - b) <= 1e-5);

        var rows = SideBySide(customers.Take(plain), bent.Transform(customers.Take(Bent))).Standardised();
        Assert.Equal(21, rows.Columns);
        var pca = Pca.Fit(rows, new() { Components = 2 });
        Assert.Equal(.39476, pca.Shares[0], 1e-5);
        Assert.Equal(.10744, pca.Shares[1], 1e-5);

        var scores = pca.Transform(rows);
        var fit = KMeans.Fit(scores, new() { Clusters = 3 });
        int[] committed = [.. customers.Take("cluster").Values.Select(label => (int)label)];
        Assert.Equal([588, 715, 937], fit.Labels.CountBy(label => label).Select(pair => pair.Value).Order(), (a, b) => Math.Abs(a - b) <= 0);
        Assert.InRange(AdjustedRand.Score(committed, fit.Labels), .99, 1);
        Assert.Equal(5100.6, fit.Inertia, .05);
        // The reference notes .5104; scikit-learn 1.2.1 on these scores, with its own and with the committed labels, gives .510525.
        Assert.Equal(.510525, Silhouette.Score(scores, fit.Labels).Mean, 1e-6);
    }

    private static Matrix SideBySide(Matrix left, Matrix right)
    {
        var both = new Matrix(left.Rows, left.Columns + right.Columns);
        for (int i = 0; i < both.Rows; i++)
        {
            left.Row(i).CopyTo(both.Row(i));
            right.Row(i).CopyTo(both.Row(i)[left.Columns..]);
        }
        return both;
    }
}
