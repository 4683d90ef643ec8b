using Clientele.Learning;

namespace Clientele.Lifetime;

/// <summary>Will they buy, times how much: a hurdle or a zero-inflated lognormal.</summary>
/// <param name="Usual">Of every column.</param>
/// <param name="Days">Of the window it speaks of, a busy season counting more.</param>
/// <param name="Most">That anybody spent.</param>
public sealed record TwoPartModel(SpendModel Spend, IReadOnlyList<double> Usual, double Days, double Most) : IValueModel
{
    public Forecast Value(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default)
    {
        double scale = snapshot.SeasonalDays / Days;
        var columns = LearnedColumns.Of(snapshot);
        return new([.. ValueParts.Limited(Spend.Mean(columns), scale, Most)], [.. ValueParts.Limited(Spend.Median(columns), scale, Most)]);
    }

    /// <summary>ln(probability × amount) is a sum of curves of linear predictors; a column gets the curve's secant times its part of the predictor.</summary>
    public ValueContributions Explain(LifetimeSnapshot snapshot, int threads = 0, CancellationToken cancel = default)
    {
        var rows = LearnedColumns.Of(snapshot);
        var ways = Ways();
        var usual = new Matrix(1, Usual.Count, [.. Usual]);
        double atUsual = Spend.Mean(usual)[0];
        double[] from = [.. ways.Select(way => way.Predictor.Predict(usual)[0])];
        double[][] to = [.. ways.Select(way => way.Predictor.Predict(rows))];
        var parts = new Matrix(rows.Rows, rows.Columns);
        for (int i = 0; i < rows.Rows; i++)
        {
            for (int w = 0; w < ways.Length; w++)
            {
                double slope = ValueParts.Secant(ways[w].Curve, from[w], to[w][i]);
                for (int j = 0; j < rows.Columns; j++)
                    parts[i, j] += slope * ways[w].Predictor.Coefficients[j] * (rows[i, j] - Usual[j]);
            }
            ValueParts.FromLogs(parts.Row(i), atUsual);
        }
        return ValueParts.Limited(atUsual, LearnedColumns.Drivers, parts, snapshot.SeasonalDays / Days, Most);
    }

    private (LinearModel Predictor, Func<double, double> Curve)[] Ways()
    {
        var odds = new LinearModel(Spend.Purchase.Intercepts[0], [.. Spend.Purchase.Coefficients.Row(0)]);
        // ln(1 + eˢ) without overflow.
        static double Soft(double s) => Math.Max(s, 0) + Math.Log(1 + Math.Exp(-Math.Abs(s)));
        (LinearModel, Func<double, double>) purchase = (odds, logit => -Soft(-logit));
        return Spend.Amount switch
        {
            GammaAmount gamma => [purchase, (gamma.Amount.Predictor, log => log)],
            LogNormalAmount normal => [purchase, (normal.Location, log => log), (normal.Spread, s => Soft(s) * Soft(s) / 2)],
            _ => throw new NotSupportedException($"{Spend.Amount.GetType().Name} has no parts."),
        };
    }
}
