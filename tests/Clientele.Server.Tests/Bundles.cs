using Clientele.Features;
using Clientele.Learning;
using Clientele.Models;
using Clientele.Segments;
using Clientele.Settings;

namespace Clientele.Tests;

/// <summary>Model bundles that were learned from made-up customers in a moment.</summary>
internal static class Bundles
{
    /// <summary>Three segments of <c>retail_15</c>'s clustered columns, with a forest for outliers.</summary>
    /// <param name="variance">Of the principal components; 0: none.</param>
    public static ModelBundle Segments(ulong seed, double variance = 0, string set = "retail_15")
    {
        var settings = new WorkspaceSettings
        {
            Sources = [new() { Files = ["orders.csv"] }],
            Columns = new() { Customer = "customer", OrderedAt = "ordered_at" },
            Features = new() { Set = set },
            Seed = seed,
        };
        string[] columns = [.. FeatureSets.Named(set).Columns.Where(column => column.Feature.Clustered).Select(column => column.Feature.Name)];
        var rows = Customers(columns.Length, 400, seed);
        var space = CustomerSpace.Fit(rows, columns, new() { Transform = "yeo-johnson", Scale = "standard", Variance = variance }, 1);
        var centres = KMeans.Fit(space.Place(rows), new() { Clusters = 3, Seed = seed }).Centres;
        var forest = IsolationForest.Fit(rows, new() { Seed = seed });
        return new(settings, new(true, true, true, true, true, true, true), new(2025, 12, 31), "Norway",
            new(space, [], new CentreModel(centres), forest, 0.6), [new(1, "Loyal Lena"), new(2, "Thrifty Tom"), new(3, "New Nora")]);
    }

    /// <summary>The same, of a source with invoices, products, quantities, prices and countries.</summary>
    public static ModelBundle WithOrders(ulong seed)
    {
        var bundle = Segments(seed);
        return bundle with
        {
            Settings = bundle.Settings with
            {
                Columns = new() { Invoice = "invoice", Customer = "customer", OrderedAt = "ordered_at", Product = "product", Quantity = "quantity", Price = "price", Country = "country" },
            },
        };
    }

    /// <summary>What the pipeline would say of the rows.</summary>
    public static SegmentAssignment Assigned(ModelBundle bundle, Matrix rows) => bundle.Model.Assign(rows, bundle.Model.Place(rows, new(rows.Rows, 0)), threads: 1);

    /// <returns>n × columns: skewed, some below 0, of every size.</returns>
    public static Matrix Customers(int columns, int count, ulong seed)
    {
        var random = new Random((int)seed);
        var rows = new Matrix(count, columns);
        for (int i = 0; i < rows.Values.Length; i++)
            rows.Values[i] = Math.Exp(random.NextDouble() * 8) * (random.Next(20) == 0 ? -1 : 1) * (1 + i / columns % 3);
        return rows;
    }
}
