namespace Clientele.Synthetic;

/// <summary>Chances of 0 … n − 1 in proportion to non-negative weights.</summary>
internal sealed class Weights
{
    private readonly double[] cumulative;

    public Weights(IEnumerable<double> weights)
    {
        double sum = 0;
        cumulative = [.. weights.Select(weight => sum += weight)];
    }

    public int Draw(ref Chance chance)
    {
        int at = Array.BinarySearch(cumulative, chance.Uniform() * cumulative[^1]);
        return Math.Min(at < 0 ? ~at : at + 1, cumulative.Length - 1);
    }
}
