namespace Clientele.Learning;

/// <summary>Pareto/NBD from the cut-off on: of a customer alive the posterior is λ ~ Gamma(shape, rate), μ ~ Gamma(s, β), independent.</summary>
internal readonly record struct LifetimeDropout(double Shape, double Rate, double S, double Beta)
{
    /// <summary>E[Y(t)] = shape/rate · E[time alive in t].</summary>
    public double Expected(double horizon) =>
        Shape * Beta / Rate * LogSpace.PowerMinusOne(1 - S, Elementary.LogOnePlus(horizon / Beta));

    /// <summary>E[λ/(δ+μ)]. The published form δ^{s−1}β^s Ψ(s, s; δβ) is β eʷE_s(w), w = δβ. Source: Fader, Hardie &amp; Lee (2005), J. Marketing Research 42(4), eq. 2.</summary>
    public double Discounted(double rate) => Shape * Beta / Rate * ExponentialIntegral.Scaled(S, rate * Beta);

    /// <summary>P(Y(t) = n), n = 0, 1, …: alive throughout, or gone at some v of the share of lifetimes that end within t.</summary>
    /// <remarks>NB(n; shape, τ/(rate+τ)) is summed over τ by Gauss and Legendre in u = ln(1+τ/rate), piece by piece.</remarks>
    public IEnumerable<double> Law(double horizon)
    {
        double[] bounds = Pieces(horizon);
        var rule = GaussRule.Of32;
        int nodes = rule.Places.Length, count = (bounds.Length - 1) * nodes + 1;
        double[] places = new double[count], weights = new double[count];
        for (int at = 0; at < count - 1; at++)
        {
            (int piece, int node) = Math.DivRem(at, nodes);
            double width = bounds[piece + 1] - bounds[piece], u = bounds[piece] + width * rule.Places[node], time = Rate * Elementary.ExpMinusOne(u);
            double density = S / (Beta + time) * Math.Exp(-S * Elementary.LogOnePlus(time / Beta)) * (Rate + time);
            (places[at], weights[at]) = (u, rule.Weights[node] * width * density);
        }
        (places[^1], weights[^1]) = (bounds[^1], Math.Exp(-S * Elementary.LogOnePlus(horizon / Beta)));
        return new NegativeBinomialMixture(Shape, places, weights).Terms();
    }

    // Bounds in u, ascending from 0: as fine as NB is narrow there, and one for every e-fold of the times at which customers leave.
    private double[] Pieces(double horizon)
    {
        double reach = Elementary.LogOnePlus(horizon / Rate), soon = Beta / (1 + S), folds = Elementary.LogOnePlus(horizon / soon);
        int fine = 1 + (int)(reach * (0.25 + Math.Sqrt(Shape + Shape * horizon / Rate))), leaving = 1 + (int)folds;
        var bounds = new SortedSet<double> { reach };
        for (int k = 0; k < fine; k++)
            bounds.Add(reach * k / fine);
        for (int k = 1; k < leaving; k++)
            bounds.Add(Math.Min(reach, Elementary.LogOnePlus(soon * Elementary.ExpMinusOne(folds * k / leaving) / Rate)));
        return [.. bounds];
    }
}
