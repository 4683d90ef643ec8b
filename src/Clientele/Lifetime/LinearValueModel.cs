using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>System 002's form of model: least squares on nine columns as they are. Its one answer is judged as mean and as median.</summary>
/// <param name="Days">Of the window it speaks of, a busy season counting more.</param>
/// <param name="Most">That anybody spent.</param>
public sealed record LinearValueModel(PublishedModel Linear, double Days, double Most) : IValueModel
{
    /// <summary>Of the contender that learns it.</summary>
    public const string Name = "linear, as published";

    private static readonly string[] Nine =
        ["recency_days", "orders", "spend", "average_order_value", "tenure_days", "active_months", "purchase_days", "gap_days", "gap_days_sd"];
    private static readonly int[] Columns = [.. Nine.Select(LifetimeFeature.IndexOf)];

    public Forecast Value(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default)
    {
        double[] said = [.. ValueParts.Limited(Linear.Raw(Of(snapshot)), snapshot.SeasonalDays / Days, Most)];
        return new(said, said);
    }

    public ValueContributions Explain(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default)
    {
        var parts = Linear.Scaling.Transform(Of(snapshot));
        for (int i = 0; i < parts.Rows; i++)
            for (int j = 0; j < parts.Columns; j++)
                parts[i, j] *= Linear.Coefficients[j];
        return ValueParts.Limited(Linear.Intercept, [.. Columns.Select(column => Driver.Of(LifetimeFeature.All[column]))], parts, snapshot.SeasonalDays / Days, Most);
    }

    internal static Matrix Of(LifetimeSnapshot snapshot) => snapshot.Features.TakeColumns(Columns);
}
