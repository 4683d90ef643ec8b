namespace Clientele.Learning;

/// <summary>The probabilities of 0, 1, 2, … purchases in a horizon.</summary>
/// <param name="ProbabilityAlive">Of being alive at the cut-off.</param>
/// <param name="Mean">Of the whole law; minimises the squared error (RMSE).</param>
/// <param name="WhileAlive">P(Y = n | alive), n = 0, 1, …, without end; read as far as needed.</param>
public sealed record PurchaseLaw(double ProbabilityAlive, double Mean, IEnumerable<double> WhileAlive)
{
    /// <summary>P(Y = n), n = 0 … until no more than <paramref name="tail"/> is left.</summary>
    /// <param name="most">At most this many; the law of one who buys thousands of times is long.</param>
    public double[] Probabilities(double tail = 1e-9, int most = 1_000_000)
    {
        var law = new List<double>();
        double below = 0;
        foreach (double p in Terms())
        {
            law.Add(p);
            below += p;
            if (below >= 1 - tail || law.Count == most)
                break;
        }
        return [.. law];
    }

    /// <summary>The least n with P(Y ≤ n) ≥ share. Two of them bound an interval that holds at least the share between.</summary>
    /// <param name="share">In (0, 1).</param>
    public int Quantile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(share, 1);
        double below = 0;
        int n = 0;
        foreach (double p in Terms())
        {
            below += p;
            if (below >= share - 1e-13)
                break;
            n++;
        }
        return n;
    }

    /// <summary>Minimises the absolute error (MAE); 0 for most customers of most shops.</summary>
    public int Median => Quantile(0.5);

    private IEnumerable<double> Terms()
    {
        double gone = 1 - ProbabilityAlive;
        foreach (double p in WhileAlive)
        {
            yield return gone + ProbabilityAlive * p;
            gone = 0;
        }
    }
}
