namespace Clientele.Lifetime;

/// <summary>One figure of one model at one cut-off, as a function of how often each customer counts: sorted once, so that drawing customers again costs one pass.</summary>
internal sealed class CutoffFigure
{
    private readonly Func<int[]?, double> figure;

    private CutoffFigure(Func<int[]?, double> figure) => this.figure = figure;

    /// <param name="weights">n, ≥ 0; null: everybody once.</param>
    public double Of(int[]? weights) => figure(weights);

    /// <param name="spend">n; below 0 counts 0 where customers are put in order.</param>
    public static CutoffFigure Of(ContestFigure figure, double[] spend, Forecast said)
    {
        double[] positive = [.. spend.Select(value => Math.Max(0, value))];
        return figure switch
        {
            ContestFigure.Rmse => MeanOf([.. spend.Zip(said.Mean, (was, will) => (was - will) * (was - will))], Math.Sqrt),
            ContestFigure.MedianAbsolute => MeanOf([.. spend.Zip(said.Median, (was, will) => Math.Abs(was - will))], mean => mean),
            ContestFigure.Gini => Gini(positive, said.Mean),
            _ => Spearman(positive, said.Mean),
        };
    }

    private static CutoffFigure MeanOf(double[] losses, Func<double, double> then) => new(weights => then(Average(losses, weights)));

    private static double Average(double[] values, int[]? weights)
    {
        if (weights is null)
            return values.Average();
        double sum = 0, rows = 0;
        for (int i = 0; i < values.Length; i++)
            (sum, rows) = (sum + weights[i] * values[i], rows + weights[i]);
        return rows == 0 ? 0 : sum / rows;
    }

    private static CutoffFigure Gini(double[] actual, double[] said)
    {
        WeightedRanks bySaid = new([.. said.Select(value => -value)]), byActual = new([.. actual.Select(value => -value)]);
        return new(weights => byActual.Gini(actual, weights) is var perfect && perfect == 0 ? 0 : bySaid.Gini(actual, weights) / perfect);
    }

    private static CutoffFigure Spearman(double[] actual, double[] said)
    {
        WeightedRanks bySaid = new(said), byActual = new(actual);
        return new(weights =>
        {
            double[] p = bySaid.Ranks(weights), y = byActual.Ranks(weights);
            double rows = 0, meanP = 0, meanY = 0, pp = 0, yy = 0, py = 0;
            for (int i = 0; i < p.Length; i++)
            {
                double w = weights?[i] ?? 1;
                (rows, meanP, meanY) = (rows + w, meanP + w * p[i], meanY + w * y[i]);
            }
            (meanP, meanY) = (meanP / rows, meanY / rows);
            for (int i = 0; i < p.Length; i++)
            {
                double w = weights?[i] ?? 1, a = p[i] - meanP, b = y[i] - meanY;
                (pp, yy, py) = (pp + w * a * a, yy + w * b * b, py + w * a * b);
            }
            return pp == 0 || yy == 0 ? 0 : py / Math.Sqrt(pp * yy);
        });
    }
}
