using Clientele.Cleaning;
using Clientele.Features;
using Clientele.Learning;
using Clientele.Personas;
using Clientele.Reports;
using Clientele.Segments;
using Clientele.Settings;
using Clientele.Sources;

namespace Clientele.Tests.Reports;

/// <summary>Report data of any size, made from a seed: everything that a report can show is in it.</summary>
internal sealed record SampleReport
{
    public int Customers { get; init; } = 1_200;
    public int Segments { get; init; } = 5;
    public bool Money { get; init; } = true;
    public int? NaturalGroups { get; init; } = 2;
    public string Shop { get; init; } = "Harbour & Sons";
    public string Customer { get; init; } = "C";
    public string Product { get; init; } = "BLUE CANDLE";
    public string Country { get; init; } = "Portugal";

    private static readonly Feature[] Columns =
    [
        new("recency_days", FeatureRole.Recency, "days since last order", "days", "reference date − day of the last order", "≥ 0", true),
        new("invoices", FeatureRole.Invoices, "orders", "orders", "distinct invoices", "≥ 1", true),
        new("units", FeatureRole.Units, "units bought", "units", "sum of quantities", "any", true),
        new("spend", FeatureRole.Spend, "total spend", "money", "sum of line amounts", "any", true),
        new("average_order_value", FeatureRole.AverageOrderValue, "average order value", "money", "spend ÷ orders", "any", true),
        new("products", FeatureRole.DistinctProducts, "distinct products", "products", "distinct product codes", "≥ 1", true),
        new("gap_days", FeatureRole.GapDays, "days between purchases", "days", "mean gap between distinct purchase days", "≥ 0", false),
        new("weekday", FeatureRole.Weekday, "favourite weekday", "weekday (0 = Monday)", "most frequent weekday, once per invoice", "0 … 6", false),
        new("hour", FeatureRole.Hour, "favourite hour", "hour", "most frequent hour, once per invoice", "0 … 23", false),
        new("is_home_country", FeatureRole.HomeCountry, "from home", "flag", "1 when the country is home", "0 or 1", false),
        new("cancellations", FeatureRole.Cancellations, "cancelled orders", "orders", "distinct cancelled invoices", "≥ 0", false),
        new("cancellation_rate", FeatureRole.CancellationRate, "cancellation rate", "share", "cancelled ÷ all invoices", "0 … 1", true),
        new("monthly_mean", FeatureRole.MonthlySpendMean, "monthly spend", "money per month", "mean over active months", "any", true),
        new("monthly_sd", FeatureRole.MonthlySpendDeviation, "spread of monthly spend", "money per month", "sample standard deviation over active months", "≥ 0", true),
        new("trend", FeatureRole.SpendTrend, "spending trend", "money per month", "slope over active months", "any", true),
    ];

    private static readonly string[] Wares = ["TEA TOWEL STRIPED", "ENAMEL JUG", "WICKER BASKET", "PAPER LANTERN", "OAK COASTERS", "LINEN NAPKINS", "BRASS HOOK"];

    public ReportData Data()
    {
        var random = new Random(7);
        var (values, labels) = Shoppers(random);
        decimal[] revenue = [.. Enumerable.Range(0, Customers).Select(i => Money ? decimal.Round((decimal)values[i, 3], 2) : 0)];
        var positions = new Matrix(Customers, 2);
        for (int i = 0; i < Customers; i++)
            (positions[i, 0], positions[i, 1]) = (4 * Math.Cos(labels[i] * 2.4) + Normal(random), 3 * Math.Sin(labels[i] * 2.4) + Normal(random));

        var table = new FeatureTable(
            new(2024, 6, 30), Columns, Money ? [] : [(Columns[3], "the source has no prices")],
            [.. Enumerable.Range(0, Customers).Select(i => $"{Customer}{i:000000}")], values, revenue, null);
        var segmentation = new Segmentation(
            table, Segments, labels, [.. labels.Select(_ => random.NextDouble() * 3)], [.. labels.Select(label => (label + 1) % Segments)],
            [.. labels.Select(_ => random.NextDouble() < 0.05)], positions, [0, 1, 2, 3, 4, 5, 11, 12, 13, 14],
            Natural(), Recommended(),
            [.. Enumerable.Range(0, Segments).Select(label => new SegmentQuality(
                label, labels.Count(l => l == label), labels.Count(l => l == label) / (double)Customers,
                Enumerable.Range(0, Customers).Where(i => labels[i] == label).Sum(i => revenue[i]), 0.92 - 0.015 * label, 0.35 - 0.02 * label))]);
        var settings = new WorkspaceSettings
        {
            Name = Shop,
            Currency = Money ? "GBP" : "",
            Sources = [new SourceSettings { Files = ["data/orders.csv"] }],
            Columns = new ColumnMapping { Customer = "customer", OrderedAt = "date" },
        };
        var fields = new SourceFields(Product: true, Description: true, Quantity: true, Money, Country: true, TimeOfDay: true, Cancellations: true);
        var personas = PersonaBuilder.Build(new(segmentation, fields, [.. Enumerable.Range(1, Segments).Select(Habits)], Shop, settings.Currency, 42));
        return new(settings, fields, Ledger(revenue.Sum()), segmentation, personas, "0.1.0")
        {
            Lifetime = Money ? SampleLifetime.Of(table.Customers, labels, [.. personas.Select(persona => persona.Name)], random) : null,
            HitRate = new(3, new(2024, 5, 2), new(2024, 6, 30), 412, 124, 96),
            Offers = [.. Enumerable.Range(1, Segments).Select(segment => new SegmentOffers(segment, [$"{Product} 7", "CAKE TIN SET", "OAK PICTURE FRAME"]))],
        };
    }

    private (Matrix Values, int[] Labels) Shoppers(Random random)
    {
        var values = new Matrix(Customers, Columns.Length);
        var labels = new int[Customers];
        for (int i = 0; i < Customers; i++)
        {
            int label = labels[i] = i < Segments ? i : (int)(Segments * Math.Pow(random.NextDouble(), 0.8));
            double rank = 1 - label / (double)Segments;
            double orders = Math.Ceiling(Math.Exp(2.4 * rank + 0.35 * Normal(random)));
            double basket = Math.Exp(5 + 1.2 * ((label * 7 % 5) / 5.0) + 0.4 * Normal(random));
            double rate = random.NextDouble() < 0.3 ? random.NextDouble() * 0.3 : 0;
            double[] row =
            [
                Math.Floor(Math.Exp(5.5 - 3 * rank + 0.5 * Normal(random))), orders, Math.Ceiling(orders * basket / 2.5), orders * basket, basket,
                Math.Ceiling(orders * (4 + 3 * random.NextDouble())), orders > 1 ? 300 / orders : 0, random.Next(7), 8 + random.Next(11),
                random.NextDouble() < 0.9 ? 1 : 0, Math.Floor(orders * rate), rate, basket * Math.Sqrt(orders), basket * random.NextDouble(), 40 * Normal(random) * rank,
            ];
            row.CopyTo(values.Row(i));
        }
        return (values, labels);
    }

    private NaturalGroups Natural() => new(
        NaturalGroups, NaturalGroups is null ? null : 4, 0.8,
        [new("prediction strength", NaturalGroups ?? 1), new("gap (uniform reference)", NaturalGroups ?? 1), new("gap (Gaussian reference)", 1), new("silhouette above its reference", 2), new("Calinski–Harabasz", 2)],
        [.. Enumerable.Range(1, 10).Select(k => new ClusterEvidence(
            k, 42_000 / Math.Sqrt(k), k == 1 ? double.NaN : 0.42 / Math.Sqrt(k), k == 1 ? double.NaN : 0.8 + 0.05 * k, k == 1 ? double.NaN : 2_400.0 / k,
            0.2 + 0.12 * Math.Log(k), 0.02, 0.05 + 0.03 * Math.Log(k), 0.015, k == 1 ? 1 : 1.1 / Math.Sqrt(k) + 0.1, k == 1 ? 0 : 0.03))]);

    private RecommendedSegments Recommended() => new(
        Segments, true,
        [.. Enumerable.Range(Math.Max(2, Segments - 2), 5).Select(k => new SegmentCandidate(
            k, [.. Enumerable.Repeat(1.0 / k, k)], [.. Enumerable.Range(0, k).Select(i => 0.95 - 0.2 * i / k - (k > Segments ? 0.15 : 0))]))]);

    private SegmentHabits Habits(int segment) => new(
        segment,
        [new(Country, 300, 0.82), new("Spain", 40, 0.11), new("Ireland", 9, 0.025)],
        [.. Enumerable.Range(7, 13).Select(hour => new HourCount(hour, 100, Math.Exp(-Math.Pow(hour - 12 - segment % 3, 2) / 8) / 5))],
        [.. new[] { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" }.Select((day, i) => new WeekdayCount(day, 100, new[] { .14, .17, .18, .2, .16, .05, .1 }[(i + segment) % 7]))],
        [.. Enumerable.Range(1, 5).Select(i => new ProductCount($"{20_000 + i}", i == 1 ? Product : Wares[(segment + i) % Wares.Length], 400 - 50 * i, 900, 0.5 - 0.06 * i))]);

    // Removed rows and money are chosen, and what was read is their sum.
    private static Ledger Ledger(decimal revenue)
    {
        RemovedByRule[] removed =
        [
            new("overlap", 22_523, 411_209.55m), new("missing", 135_080, 1_447_682.12m), new("duplicates", 5_225, 21_880.40m),
            new("product_codes", 1_915, -88_233.10m), new("descriptions", 0, 0), new("price", 33, 0),
        ];
        var kept = new LedgerEntry(399_656, revenue);
        return new(
            new(kept.Rows + removed.Sum(each => each.Rows) + 2, revenue + removed.Sum(each => each.Revenue)), kept, removed, 2,
            new(135_080, 1_447_682.12m), 1_200, new(2023, 6, 1), new(2024, 6, 30));
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
