namespace Clientele.Learning;

/// <summary>Two sides of how well labels tell classes apart. Source: Rosenberg &amp; Hirschberg (2007), EMNLP-CoNLL, with β = 1.</summary>
/// <param name="Homogeneity">1 − H(class | label)/H(class), 0 … 1: every cluster holds one class only.</param>
/// <param name="Completeness">1 − H(label | class)/H(label), 0 … 1: every class lies in one cluster.</param>
/// <param name="Value">Their harmonic mean.</param>
public sealed record VMeasure(double Homogeneity, double Completeness, double Value)
{
    /// <param name="classes">Any labels, one per row: the truth.</param>
    /// <param name="labels">As many: what is judged.</param>
    public static VMeasure Score(IReadOnlyList<int> classes, IReadOnlyList<int> labels)
    {
        var shared = MutualInformation.Of(ContingencyTable.Of(classes, labels));
        double homogeneity = shared.LeftEntropy == 0 ? 1 : shared.Value / shared.LeftEntropy;
        double completeness = shared.RightEntropy == 0 ? 1 : shared.Value / shared.RightEntropy;
        double sum = homogeneity + completeness;
        return new(homogeneity, completeness, sum == 0 ? 0 : 2 * homogeneity * completeness / sum);
    }
}
