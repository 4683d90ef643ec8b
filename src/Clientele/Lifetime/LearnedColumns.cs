using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>
/// What models learn from: paces and ratios, most in logarithms. Sums since the beginning are left out, for they grow with the data's age, and a model
/// that learned from young customers would misread old ones.
/// </summary>
internal static class LearnedColumns
{
    private static readonly int[] Windows = [30, 90, 180, 365];
    private static readonly string[] AsTheyAre = ["recency_days", "hiatus", "average_order_value", "largest_day"];

    /// <summary>In the order of the columns of <see cref="Of"/>.</summary>
    public static IReadOnlyList<Driver> Drivers { get; } =
    [
        .. AsTheyAre.Select(Named), .. Windows.Select(days => Named($"spend_{days}")), .. Windows.Select(days => Named($"orders_{days}")),
        new("one_time", "a single purchase"),
    ];

    /// <summary>The same, then what a buy-till-you-die model expects of 90 days.</summary>
    public static IReadOnlyList<Driver> DriversWithExpectations { get; } =
        [.. Drivers, new("expected_spend", "expected spend"), new("expected_purchases", "expected purchases"), new("worth", "worth of a purchase")];

    /// <returns>n × <see cref="Drivers"/>, finite.</returns>
    public static Matrix Of(LifetimeSnapshot snapshot) => Fill(snapshot, Drivers.Count);

    /// <returns>n × <see cref="DriversWithExpectations"/>, finite.</returns>
    public static Matrix With(LifetimeSnapshot snapshot, PurchaseExpectations expected)
    {
        var rows = Fill(snapshot, DriversWithExpectations.Count);
        double scale = 90 / snapshot.SeasonalDays;
        for (int i = 0, first = Drivers.Count; i < rows.Rows; i++)
        {
            rows[i, first] = Log(expected.Purchases[i] * expected.ValuePerPurchase[i] * scale);
            rows[i, first + 1] = Log(expected.Purchases[i] * scale);
            rows[i, first + 2] = Log(expected.ValuePerPurchase[i]);
        }
        return rows;
    }

    private static Matrix Fill(LifetimeSnapshot snapshot, int columns)
    {
        var rows = new Matrix(snapshot.Customers.Count, columns);
        var features = snapshot.Features;
        for (int j = 0; j < Drivers.Count - 1; j++)
        {
            int from = LifetimeFeature.IndexOf(Drivers[j].Name), window = (j - AsTheyAre.Length) is >= 0 and var at ? Windows[at % Windows.Length] : 0;
            for (int i = 0; i < rows.Rows; i++)
                // Of a customer younger than the window, the pace since the first purchase.
                rows[i, j] = Log(features[i, from] * (window == 0 ? 1 : window / Math.Min(window, snapshot.Histories.Tenure[i])));
        }
        for (int i = 0; i < rows.Rows; i++)
            rows[i, Drivers.Count - 1] = snapshot.Histories.Frequency[i] == 0 ? 1 : 0;
        return rows;
    }

    private static double Log(double value) => Math.Log(1 + Math.Max(0, value));

    private static Driver Named(string name) => Driver.Of(LifetimeFeature.All[LifetimeFeature.IndexOf(name)]);
}
