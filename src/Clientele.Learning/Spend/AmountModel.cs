using System.Text.Json.Serialization;

namespace Clientele.Learning;

/// <summary>How much those spend who spend: a law over amounts above 0 for every row.</summary>
[JsonDerivedType(typeof(LogNormalAmount), "lognormal"), JsonDerivedType(typeof(GammaAmount), "gamma")]
public abstract record AmountModel
{
    /// <param name="rows">n × d, finite.</param>
    /// <returns>n expected amounts, &gt; 0.</returns>
    public abstract double[] Mean(Matrix rows);

    /// <param name="rows">n × d, finite.</param>
    /// <param name="shares">n, between 0 and 1; where 0 or less, the answer is 0.</param>
    /// <returns>n amounts below which the stated share of each row's law lies.</returns>
    public abstract double[] Quantile(Matrix rows, IReadOnlyList<double> shares);

    /// <param name="amounts">n, &gt; 0; where 0 the answer is 0.</param>
    /// <returns>n logarithms of the density at the amounts.</returns>
    public abstract double[] LogDensity(Matrix rows, IReadOnlyList<double> amounts);
}
