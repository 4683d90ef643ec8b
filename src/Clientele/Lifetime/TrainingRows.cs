using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>Windows that are over, one below the other: what a model that learns from outcomes is fitted on.</summary>
/// <param name="Columns">Σn × columns.</param>
/// <param name="Spend">Σn, brought to <paramref name="Days"/>; returns that exceed purchases count 0.</param>
/// <param name="Days">Days of the window to be predicted, a busy season counting more; other windows are scaled to it.</param>
internal sealed record TrainingRows(Matrix Columns, double[] Spend, double Days)
{
    /// <summary>Fewer customers who spent nothing, or something, say too little of a dozen columns.</summary>
    private const int Least = 50;

    /// <summary>The most that anybody spent: forecasts end there.</summary>
    public double Most => Spend.Max();

    /// <summary>Mean of every column: the customer without anything special.</summary>
    public double[] Usual => [.. Enumerable.Range(0, Columns.Columns).Select(j => Columns.Column(j).Average())];

    public static (TrainingRows? Rows, string? TooLittle) Of(LifetimePast past, Func<LifetimeSnapshot, Matrix> columns)
    {
        double days = past.Now.SeasonalDays;
        double[] spend = [.. past.Over.SelectMany(snapshot => snapshot.Spend().Select(value => Math.Max(0, value) * days / snapshot.SeasonalDays))];
        int spent = spend.Count(value => value > 0);
        if (Math.Min(spent, spend.Length - spent) < Least)
            return (null, $"Windows of the past hold {spent:N0} customers who spent and {spend.Length - spent:N0} who did not; this takes {Least} of each.");
        Matrix[] parts = [.. past.Over.Select(columns)];
        return (new(new(spend.Length, parts[0].Columns, [.. parts.SelectMany(part => part.Values)]), spend, days), null);
    }
}
