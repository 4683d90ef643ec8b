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
    /// <remarks>NB(n; shape, τ/(rate+τ)) is summed over τ by Gauss and Legendre on equal pieces of ln(1+τ/rate), as fine as it is narrow there.</remarks>
    public IEnumerable<double> Law(double horizon)
    {
        double reach = Elementary.LogOnePlus(horizon / Rate), survive = Math.Exp(-S * Elementary.LogOnePlus(horizon / Beta));
        int pieces = 1 + (int)(reach * Math.Sqrt(Shape + Shape * horizon / Rate));
        var nodes = new (double Log, double LogZ, double Weight)[pieces * GaussLegendre.Count + 1];
        for (int piece = 0, at = 0; piece < pieces; piece++)
            foreach (var (node, weight) in GaussLegendre.Unit)
            {
                double u = reach * (piece + node) / pieces, time = Rate * Elementary.ExpMinusOne(u);
                double density = S / (Beta + time) * Math.Exp(-S * Elementary.LogOnePlus(time / Beta)) * (Rate + time);
                nodes[at++] = (-Shape * u, LogSpace.OneMinusExp(-u), weight * reach / pieces * density);
            }
        nodes[^1] = (-Shape * reach, LogSpace.OneMinusExp(-reach), survive);
        for (int n = 0; ; n++)
        {
            double sum = 0;
            foreach (ref var node in nodes.AsSpan())
            {
                sum += node.Weight * Math.Exp(node.Log);
                node.Log += node.LogZ + Math.Log((Shape + n) / (n + 1));
            }
            yield return sum;
        }
    }
}
