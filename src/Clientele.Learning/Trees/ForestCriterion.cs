namespace Clientele.Learning;

/// <summary>What a forest's splits lower, from sums of the values that <see cref="ForestTarget"/> makes of the targets.</summary>
internal abstract class ForestCriterion
{
    public static ForestCriterion For(TreeLoss loss, int channels) => loss.Kind switch
    {
        TreeLossKind.Poisson => new DevianceCriterion(1),
        TreeLossKind.Gamma => new DevianceCriterion(2),
        TreeLossKind.Tweedie => new DevianceCriterion(loss.Parameter),
        // Quantiles too: the rows of a leaf are to be alike (Meinshausen 2006).
        _ => channels == 1 ? new VarianceCriterion() : new GiniCriterion(channels),
    };

    /// <summary>What each cut of one column takes off the node's loss; not a number or −∞ where a side can't be.</summary>
    /// <param name="left">Cuts × channels: sums of the values on the left.</param>
    /// <param name="leftWeights">Per cut, above 0 and below <paramref name="weight"/>.</param>
    /// <param name="all">Per channel: sums of the node.</param>
    /// <param name="gains">Out, per cut.</param>
    public abstract void Run(ReadOnlySpan<double> left, ReadOnlySpan<double> leftWeights, ReadOnlySpan<double> all, double weight, Span<double> gains);

    /// <summary>The loss of rows that are all answered by one value, less a part that does not depend on it; +∞ where that can't be.</summary>
    /// <param name="all">Sum of the node that the rows are a part of.</param>
    public abstract double Loss(double sum, double weight, double answer, double all);

    /// <summary>The loss of one row when all rows get the mean of all: what gains are measured by.</summary>
    public abstract double Loss(double value);
}

/// <summary>Squared error. S_L²/W_L + S_R²/W_R − S²/W, written as one square: nothing cancels.</summary>
internal sealed class VarianceCriterion : ForestCriterion
{
    public override void Run(ReadOnlySpan<double> left, ReadOnlySpan<double> leftWeights, ReadOnlySpan<double> all, double weight, Span<double> gains)
    {
        double mean = all[0] / weight;
        for (int i = 0; i < left.Length; i++)
        {
            double w = leftWeights[i], gap = left[i] - w * mean;
            gains[i] = gap * gap / (w * (weight - w)) * weight;
        }
    }

    public override double Loss(double sum, double weight, double answer, double all) => answer * (weight * answer - 2 * sum);

    public override double Loss(double value) => value * value;
}

/// <summary>Gini's impurity of classes: the same square, added over the classes.</summary>
internal sealed class GiniCriterion(int classes) : ForestCriterion
{
    public override void Run(ReadOnlySpan<double> left, ReadOnlySpan<double> leftWeights, ReadOnlySpan<double> all, double weight, Span<double> gains)
    {
        for (int i = 0; i < leftWeights.Length; i++)
        {
            double w = leftWeights[i], squares = 0;
            for (int k = 0; k < classes; k++)
            {
                double gap = left[i * classes + k] - w * (all[k] / weight);
                squares += gap * gap;
            }
            gains[i] = squares / (w * (weight - w)) * weight;
        }
    }

    public override double Loss(double sum, double weight, double answer, double all) => throw new NotSupportedException("Several classes are not held to bounds.");

    public override double Loss(double value) => 1;
}

/// <summary>
/// Half the deviance of Poisson (ρ = 1), Tweedie (1 &lt; ρ &lt; 2) and Gamma (ρ = 2), each side answering its mean. With r = mean of the side / mean of the node:
/// Σ S·ln r, m^(2−ρ)·Σ W·(1 − r^(2−ρ)) / ((ρ−1)(2−ρ)), −Σ W·ln r. As in scikit-learn's Poisson criterion a side whose targets are all 0 can't be:
/// its leaf would say that the next row is 0 for sure. Source: Jørgensen (1987), J. R. Statist. Soc. B 49(2).
/// </summary>
internal sealed class DevianceCriterion(double power) : ForestCriterion
{
    // A side's share of the node's sum that counts as none: what is left of a sum after subtracting all of it.
    private const double None = 1e-12;

    public override void Run(ReadOnlySpan<double> left, ReadOnlySpan<double> leftWeights, ReadOnlySpan<double> all, double weight, Span<double> gains)
    {
        double sum = all[0], mean = sum / weight, least = None * sum;
        for (int i = 0; i < left.Length; i++)
        {
            double leftSum = left[i], rightSum = sum - leftSum, w = leftWeights[i];
            gains[i] = leftSum > least && rightSum > least ? Side(leftSum, w, mean) + Side(rightSum, weight - w, mean) : double.NegativeInfinity;
        }
    }

    public override double Loss(double sum, double weight, double answer, double all) => sum <= None * all ? double.PositiveInfinity : power switch
    {
        1 => weight * answer - sum * Math.Log(answer),
        2 => weight * Math.Log(answer) + sum / answer,
        _ => weight * Math.Pow(answer, 2 - power) / (2 - power) - sum * Math.Pow(answer, 1 - power) / (1 - power),
    };

    public override double Loss(double value) => TweedieDeviance.Unit(value, 1, power) / 2;

    private double Side(double sum, double weight, double mean)
    {
        double ratio = sum / (weight * mean);
        return power switch
        {
            1 => sum * Math.Log(ratio),
            2 => -weight * Math.Log(ratio),
            _ => weight * Math.Pow(mean, 2 - power) * (1 - Math.Pow(ratio, 2 - power)) / ((power - 1) * (2 - power)),
        };
    }
}
