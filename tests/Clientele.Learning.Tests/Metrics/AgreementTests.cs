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
    }

    [Fact]
    public void The_same_partition_under_other_names_agrees_wholly()
    {
        int[] a = [5, 5, 9, 9, 1, 1, 1], b = [0, 0, 7, 7, 3, 3, 3];
        Assert.Equal(1, AdjustedRand.Score(a, b), 1e-12);
        Assert.Equal(1, NormalizedMutualInformation.Score(a, b), 1e-12);
        Assert.Equal(1, AdjustedMutualInformation.Score(a, b), 1e-12);
    }
}
