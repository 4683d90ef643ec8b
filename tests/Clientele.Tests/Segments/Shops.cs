using Clientele.Features;
using Clientele.Learning;
using Clientele.Settings;

namespace Clientele.Tests.Segments;

/// <summary>Feature tables made by rule, for tests that need no engine.</summary>
internal static class Shops
{
    private static readonly Feature[] Columns =
    [
        new("recency_days", FeatureRole.Recency, "days since last order", "days", "reference date − last day", "≥ 0", true),
        new("invoices", FeatureRole.Invoices, "orders", "orders", "distinct invoices", "≥ 1", true),
        new("spend", FeatureRole.Spend, "spend", "money", "Σ amount", "any", true),
    ];

    public static WorkspaceSettings Settings { get; } = new()
    {
        Sources = [new() { Files = ["orders.csv"] }],
        Columns = new() { Customer = "customer", OrderedAt = "ordered_at" },
        Segmentation = new() { Resamples = 10, Restarts = 3 },
    };

    /// <summary>As many groups of customers as asked for, far apart in all three features.</summary>
    public static FeatureTable Groups(int groups, int customersEach, int seed = 7)
    {
        var random = new Random(seed);
        int n = groups * customersEach;
        var values = new Matrix(n, Columns.Length);
        var revenue = new decimal[n];
        for (int i = 0; i < n; i++)
        {
            int group = i % groups;
            values[i, 0] = 40 + 60 * (group * 3 % groups) + 6 * Normal();
            values[i, 1] = 40 + 60 * (group * 2 % groups) + 6 * Normal();
            revenue[i] = decimal.Round(1_000 + 900 * group + 90 * (decimal)Normal(), 4);
            values[i, 2] = (double)revenue[i];
        }
        double Normal() => Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;
        return new(new DateOnly(2011, 12, 9), Columns, [], [.. Enumerable.Range(10_000, n).Select(id => $"{id}")], values, revenue, null);
    }
}
