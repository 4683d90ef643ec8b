using Clientele.Features;
using Clientele.Learning;
using Clientele.Personas;
using Clientele.Segments;
using Clientele.Sources;

namespace Clientele.Tests.Personas;

/// <summary>A made-up shop whose segments differ by chance: a feature table, a segmentation, and its plain arithmetic.</summary>
internal sealed record Shop(Segmentation Segmentation, SourceFields Fields)
{
    public static readonly SourceFields Everything = new(true, true, true, true, true, true, true);

    private static readonly Feature[] AllFeatures =
    [
        F("recency", FeatureRole.Recency, "days since last order", "days"),
        F("orders", FeatureRole.Invoices, "orders", "orders"),
        F("units", FeatureRole.Units, "units bought", "units"),
        F("spend", FeatureRole.Spend, "total spend", "money"),
        F("order_value", FeatureRole.AverageOrderValue, "average order value", "money"),
        F("products", FeatureRole.DistinctProducts, "distinct products", "products"),
        F("gap", FeatureRole.GapDays, "days between orders", "days"),
        F("weekday", FeatureRole.Weekday, "usual weekday", "weekday (0 = Monday)"),
        F("hour", FeatureRole.Hour, "usual hour", "hour"),
        F("home", FeatureRole.HomeCountry, "from the home country", "flag"),
        F("cancellations", FeatureRole.Cancellations, "cancelled orders", "orders"),
        F("cancellation_rate", FeatureRole.CancellationRate, "cancellation rate", "share"),
        F("monthly_mean", FeatureRole.MonthlySpendMean, "mean monthly spend", "money"),
        F("monthly_sd", FeatureRole.MonthlySpendDeviation, "spread of monthly spend", "money"),
        F("trend", FeatureRole.SpendTrend, "spending trend", "money per month"),
        F("tenure", FeatureRole.Tenure, "days since first order", "days"),
    ];

    public FeatureTable Table => Segmentation.Features;

    public static Shop Random(int seed, int segments = 5, int customers = 300, SourceFields? fields = null)
    {
        var chance = new Random(seed);
        fields ??= Everything;
        var kept = AllFeatures.Where(f => Supported(f.Role, fields)).ToArray();
        var values = new Matrix(customers, kept.Length);
        var labels = new int[customers];
        var revenue = new decimal[customers];
        var styles = Enumerable.Range(0, segments).Select(_ => Enumerable.Range(0, 8).Select(_ => chance.NextDouble()).ToArray()).ToArray();
        for (int i = 0; i < customers; i++)
        {
            int s = labels[i] = i < segments ? i : chance.Next(segments);
            double[] style = styles[s];
            double orders = 1 + Math.Floor(-Math.Log(1 - chance.NextDouble()) * 8 * style[0] * style[0]);
            double recency = Math.Floor(chance.NextDouble() * 370 * style[1]);
            double value = Math.Round((chance.NextDouble() - (style[2] < 0.15 ? 0.7 : 0)) * 900 * style[2], 2);
            double cancelled = chance.NextDouble() < style[3] * style[3] ? Math.Floor(orders * chance.NextDouble()) : 0;
            double Of(FeatureRole role) => role switch
            {
                FeatureRole.Recency => recency,
                FeatureRole.Invoices => orders,
                FeatureRole.Units => Math.Floor(orders * value / 3),
                FeatureRole.Spend => orders * value,
                FeatureRole.AverageOrderValue => value,
                FeatureRole.DistinctProducts => 1 + Math.Floor(chance.NextDouble() * orders * 20 * style[4]),
                FeatureRole.GapDays => orders == 1 ? 0 : 300 * style[5] / orders,
                FeatureRole.Weekday => chance.Next(7),
                FeatureRole.Hour => 7 + Math.Floor(chance.NextDouble() * 4 + style[6] * 9),
                FeatureRole.HomeCountry => chance.NextDouble() < style[7] ? 1 : 0,
                FeatureRole.Cancellations => cancelled,
                FeatureRole.CancellationRate => cancelled / orders,
                FeatureRole.MonthlySpendMean => value,
                FeatureRole.MonthlySpendDeviation => orders == 1 ? 0 : value * chance.NextDouble(),
                FeatureRole.SpendTrend => orders == 1 ? 0 : value * (style[6] - 0.5),
                _ => recency + Math.Floor(orders * 10),
            };
            for (int j = 0; j < kept.Length; j++)
                values[i, j] = Of(kept[j].Role);
            revenue[i] = fields.Money ? (decimal)Math.Round(orders * value, 2) : 0;
        }
        var table = new FeatureTable(new(2011, 12, 9), kept, [], [.. Enumerable.Range(0, customers).Select(i => $"c{i:00000}")], values, revenue, null);
        return new(Segment(table, segments, labels), fields);
    }

    public static Segmentation Segment(FeatureTable table, int segments, int[] labels) => new(
        table, segments, labels, [.. labels.Select((_, i) => (double)(i * 7919 % 101))], labels, [.. labels.Select((_, i) => i % 20 == 19)],
        new Matrix(labels.Length, 2), [.. Enumerable.Range(0, table.Columns.Count).Where(c => table.Columns[c].Clustered)],
        new(null, null, 0, [], []), new(segments, true, []),
        [.. Enumerable.Range(0, segments).Select(s => new SegmentQuality(s, 0, 0, 0, 0.9, double.NaN))]);

    public IReadOnlyList<Persona> Personas(string workspace = "Shop", string currency = "GBP", ulong seed = 42, IReadOnlyList<SegmentHabits>? habits = null) =>
        PersonaBuilder.Build(new(Segmentation, Fields, habits ?? [], workspace, currency, seed));

    /// <summary>The feature's values of one segment (1 … k), or of everyone (0).</summary>
    public double[] Values(FeatureRole role, int segment)
    {
        int column = Enumerable.Range(0, Table.Columns.Count).First(c => Table.Columns[c].Role == role);
        return [.. Enumerable.Range(0, Table.Customers.Count).Where(i => segment == 0 || Segmentation.Labels[i] == segment - 1).Select(i => Table.Values[i, column])];
    }

    public static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>All that a persona says in words.</summary>
    public static string AllWords(Persona persona) => string.Join(" | ",
        [persona.Name, persona.Story, persona.Action, persona.Rule.Text, .. persona.Traits.Select(t => t.Text)]);

    private static bool Supported(FeatureRole role, SourceFields fields) => role switch
    {
        FeatureRole.Spend or FeatureRole.AverageOrderValue or FeatureRole.MonthlySpendMean or FeatureRole.MonthlySpendDeviation or FeatureRole.SpendTrend => fields.Money,
        FeatureRole.Units => fields.Quantity,
        FeatureRole.DistinctProducts => fields.Product,
        FeatureRole.Hour => fields.TimeOfDay,
        FeatureRole.HomeCountry => fields.Country,
        FeatureRole.Cancellations or FeatureRole.CancellationRate => fields.Cancellations,
        _ => true,
    };

    private static Feature F(string name, FeatureRole role, string label, string unit) =>
        new(name, role, label, unit, "", "", role is not (FeatureRole.Hour or FeatureRole.Weekday or FeatureRole.HomeCountry));
}
