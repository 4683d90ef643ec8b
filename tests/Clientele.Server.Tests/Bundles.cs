using Clientele.Features;
using Clientele.Learning;
using Clientele.Lifetime;
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

    /// <summary>The same, and it values customers over three months by three models, whichever is better: learned from made-up histories.</summary>
    public static ModelBundle Valued(ulong seed) => WithOrders(seed) with { Valuation = Learned.Value };

    private static readonly Lazy<CustomerValuation> Learned = new(() => Learn(1));

    private static CustomerValuation Learn(ulong seed)
    {
        var bundle = WithOrders(seed);
        var (cutoff, horizon) = (bundle.ReferenceDate.AddDays(1), Horizon.OfMonths(3));
        var past = cutoff.AddMonths(-3);
        var over = LifetimeSnapshot.Of(past, cutoff, 1, Pasts(past, 600, seed));
        over = over with { TargetSpend = [.. over.Features.Column(LifetimeFeature.IndexOf("spend_90")).Select(spend => (decimal)Math.Round(spend * .8, 2))], TargetDays = [.. over.Histories.Frequency.Select(x => (double)Math.Min(x, 3))] };
        var today = LifetimeSnapshot.Of(cutoff, horizon.After(cutoff), 1, Pasts(cutoff, 600, seed + 1));
        var learning = LifetimeLearning.Learn([over], today, horizon, [], threads: 1);
        var valuation = learning.Valuation with { Mean = Model("ridge on logs"), Median = Model("boosting, Tweedie"), Ranking = Model("hurdle") };
        return new(valuation, new(cutoff, [0, .. Enumerable.Repeat(5L, 400)]), ValueDeciles.Of([.. Enumerable.Range(0, 100).Select(i => (decimal)i * 10)]), .1);

        ChosenModel Model(string name) => new(name, learning.Timeline.At(1).Fit(Contenders.All().Single(contender => contender.Name == name), default).Model!);
    }

    /// <summary>What might have been known of customers.</summary>
    public static IReadOnlyList<CustomerPast> Pasts(DateOnly cutoff, int count, ulong seed)
    {
        var random = new Random((int)seed);
        return [.. Enumerable.Range(0, count).Select(i => Past($"c{i}", cutoff, random))];
    }

    private static readonly int[] Windows = [30, 90, 180, 365];

    private static CustomerPast Past(string customer, DateOnly cutoff, Random random)
    {
        int tenure = random.Next(20, 400), between = random.Next(3) == 0 ? 0 : random.Next(5, tenure - 5), days = between == 0 ? 1 : random.Next(2, Math.Min(between, 20) + 1);
        double worth = Math.Round(20 + 200 * random.NextDouble(), 2), recency = tenure - between;
        double[] windows = [.. Windows.Select(window => recency > window ? 0 : Math.Ceiling(days * Math.Min(1.0, window / (double)tenure)))];
        double[] named =
        [
            recency, tenure, days, days, Math.Min(days, 1 + tenure / 30), days == 1 ? tenure : between / (days - 1.0), days < 3 ? 0 : 4.5, days == 1 ? recency / tenure : recency * (days - 1) / between,
            worth * days, worth, worth * 1.5, .. windows, .. windows.Select(orders => orders * worth), days == 1 ? 0 : worth,
        ];
        return CustomerPast.Of(customer, cutoff, named, (field, wrong) => throw new InvalidOperationException($"{CustomerPast.Named[field].Name}: {wrong}"))!;
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
