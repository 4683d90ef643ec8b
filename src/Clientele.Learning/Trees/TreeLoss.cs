namespace Clientele.Learning;

public enum TreeLossKind { Squared, Poisson, Gamma, Tweedie, Quantile, Logistic, Softmax }

/// <summary>What trees minimise, and so what their predictions mean. f is a booster's raw score; a forest averages the means themselves.</summary>
/// <param name="Parameter">The variance power ρ of Tweedie, the level τ of a quantile, the number of classes of softmax; else 0.</param>
public sealed record TreeLoss(TreeLossKind Kind, double Parameter = 0)
{
    /// <summary>(y − f)²: the mean.</summary>
    public static TreeLoss Squared { get; } = new(TreeLossKind.Squared);
    /// <summary>Deviance of counts, y ≥ 0: the mean, by f = ln mean.</summary>
    public static TreeLoss Poisson { get; } = new(TreeLossKind.Poisson);
    /// <summary>Deviance of positive amounts with constant relative spread, y &gt; 0: the mean, by f = ln mean.</summary>
    public static TreeLoss Gamma { get; } = new(TreeLossKind.Gamma);
    /// <summary>Log loss of a yes (1) or no (0): the probability of yes, by f = its logit.</summary>
    public static TreeLoss Logistic { get; } = new(TreeLossKind.Logistic);

    /// <summary>Deviance of amounts with a share of zeros, y ≥ 0: the mean, by f = ln mean.</summary>
    /// <param name="power">The variance grows as mean^power, 1 &lt; power &lt; 2.</param>
    public static TreeLoss Tweedie(double power) => new(TreeLossKind.Tweedie, power);

    /// <summary>Pinball loss: the value that a share of <paramref name="level"/> stays below, 0 &lt; level &lt; 1.</summary>
    public static TreeLoss Quantile(double level) => new(TreeLossKind.Quantile, level);

    /// <summary>Log loss of one of several classes, y = 0 … classes−1: a probability for each.</summary>
    public static TreeLoss Softmax(int classes) => new(TreeLossKind.Softmax, classes);

    internal void Check()
    {
        bool fits = Kind switch
        {
            TreeLossKind.Tweedie => Parameter is > 1 and < 2,
            TreeLossKind.Quantile => Parameter is > 0 and < 1,
            TreeLossKind.Softmax => Parameter is >= 2 and <= 10_000 && Parameter == Math.Floor(Parameter),
            _ => true,
        };
        if (!fits)
            throw new ArgumentOutOfRangeException(nameof(Parameter), Parameter, Kind switch
            {
                TreeLossKind.Tweedie => "Tweedie's power lies between 1 and 2; at 1 it is Poisson, at 2 Gamma.",
                TreeLossKind.Quantile => "The level of a quantile lies between 0 and 1.",
                _ => "Softmax takes a whole number of classes, 2 or more.",
            });
    }
}
