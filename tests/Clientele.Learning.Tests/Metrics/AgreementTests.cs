using Clientele.Tests;
using FsCheck.Fluent;

namespace Clientele.Learning.Tests;

/// <summary>Golden values: scikit-learn 1.2.1 (reference/science.md C3).</summary>
public sealed class AgreementTests
{
    [Theory]
    [InlineData("001122", "001222", .4444444444, .7396673768, .5023607027)]
    [InlineData("00011122", "00112222", .1818181818, .5300257549, .2745416497)]
    public void Known_pairs_have_known_agreement(string a, string b, double ari, double nmi, double ami)
    {
        int[] left = [.. a.Select(c => c - '0')], right = [.. b.Select(c => c - '0')];
        Assert.Equal(ari, AdjustedRand.Score(left, right), 1e-10);
        Assert.Equal(nmi, NormalizedMutualInformation.Score(left, right), 1e-10);
        Assert.Equal(ami, AdjustedMutualInformation.Score(left, right), 1e-10);
        Assert.Equal(nmi, VMeasure.Score(left, right).Value, 1e-10);      // the same number: Rosenberg & Hirschberg (2007) with β = 1, NMI over the mean entropy
    }

    [Fact]
    public void Homogeneity_and_completeness_are_what_the_other_side_leaves_open() => Prop.ForAll(Case.Any, c =>
    {
        int[] classes = c.Labels(1), labels = c.Labels(2);
        var score = VMeasure.Score(classes, labels);
        return Near(1 - Left(classes, labels) / Left(classes, new int[c.Rows]), score.Homogeneity) && Near(1 - Left(labels, classes) / Left(labels, new int[c.Rows]), score.Completeness)
            && VMeasure.Score(labels, classes) is var turned && Near(turned.Homogeneity, score.Completeness) && Near(turned.Value, score.Value);
    }).Holds();

    [Fact]
    public void A_single_class_is_homogeneous_and_a_single_cluster_complete()
    {
        int[] mixed = [0, 0, 1, 1], same = [3, 3, 3, 3];
        Assert.Equal(new(1, 0, 0), VMeasure.Score(same, mixed));
        Assert.Equal(new(0, 1, 0), VMeasure.Score(mixed, same));
    }

    // H(of | given), by counting.
    private static double Left(int[] of, int[] given) => given.Zip(of).GroupBy(pair => pair.First).Sum(same =>
        -same.GroupBy(pair => pair.Second).Sum(group => group.Count() / (double)of.Length * Math.Log(group.Count() / (double)same.Count())));

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-10;

    [Fact]
    public void The_same_partition_under_other_names_agrees_wholly()
    {
        int[] a = [5, 5, 9, 9, 1, 1, 1], b = [0, 0, 7, 7, 3, 3, 3];
        Assert.Equal(1, AdjustedRand.Score(a, b), 1e-12);
        Assert.Equal(1, NormalizedMutualInformation.Score(a, b), 1e-12);
        Assert.Equal(1, AdjustedMutualInformation.Score(a, b), 1e-12);
    }
}
