namespace Clientele.Learning.Tests;

/// <summary>The vectors of reference/science.md F, as computed there with SciPy 1.10.1.</summary>
public sealed class DriftGoldenTests
{
    private static readonly double[] A = [1.2, 3.4, 2.2, 5.1, 4.8, 2.9, 3.3, 6.0, 1.9, 2.7];
    private static readonly double[] B = [2.5, 4.4, 5.9, 6.1, 3.8, 7.2, 5.5, 4.1, 6.6, 3.0, 8.3, 4.9];
    private static readonly double[] C = [1, 1, 2, 2, 3, 3, 4, 5, 5, 9];
    private static readonly double[] D = [1, 2, 2, 3, 4, 4, 4, 5, 6, 7, 8];
    private static readonly double[] E = [.. Enumerable.Range(1, 200).Select(i => .6180339887498949 * i % 1)];
    private static readonly double[] F = [.. Enumerable.Range(1, 150).Select(i => Math.Pow(.7548776662466927 * i % 1, 1.2))];
    private static readonly double[] P = [.5, .3, .2], Q = [.375, .5, .125];

    public static TheoryData<double[], double[], double, double, double> Kolmogorov => new()
    {
        { A, B, .533333333333333, .061746303232371, .074184691358025 },
        { C, D, .236363636363636, .851189058619399, .884207253602896 },     // the page prints …252603090; SciPy 1.10.1 gives this
        { E, F, .076666666666667, .669883767863972, .664159389856664 },
    };

    [Theory, MemberData(nameof(Kolmogorov))]
    public void Kolmogorov_Smirnov_exact_and_asymptotic(double[] a, double[] b, double distance, double exact, double asymptotic)
    {
        var counted = KolmogorovSmirnov.Test(a, b);
        var limit = KolmogorovSmirnov.Test(a, b, KolmogorovSmirnovMethod.Asymptotic);
        Assert.Equal((true, false), (counted.Exact, limit.Exact));
        Assert.Equal(distance, counted.Distance, 1e-12);
        Assert.Equal(exact, counted.PValue, 1e-10);
        Assert.Equal(asymptotic, limit.PValue, 1e-10);
    }

    [Fact]
    public void Wasserstein_plain_and_normed()
    {
        Assert.Equal(1.841666666666667, Wasserstein.Distance(A, B), 1e-12);
        Assert.Equal(1.274975481476494, Wasserstein.Normed(A, B), 1e-12);
        Assert.Equal(.048297273029574, Wasserstein.Distance(E, F), 1e-12);
        Assert.Equal(.167700353978801, Wasserstein.Normed(E, F), 1e-12);
    }

    [Theory]
    [InlineData(new double[] { 50, 30, 20 }, new double[] { 30, 40, 10 }, 15.416666666666667, .000449069302611)]
    [InlineData(new double[] { 120, 80, 60, 30, 10 }, new double[] { 48, 30, 15, 5, 2 }, 6.3, .177836326498217)]      // 4.15·e^−3.15; the page prints …362498217
    public void Chi_square(double[] reference, double[] current, double statistic, double p)
    {
        var test = ChiSquare.Test(reference, current);
        Assert.Equal(statistic, test.Statistic, 1e-12);
        Assert.Equal(p, test.PValue, 1e-12);
    }

    [Theory]
    [InlineData(124, 200, 75, 150, 2.243163262822094, .024886288357215)]
    [InlineData(30, 1000, 20, 400, -1.821680136170596, .068503533670619)]
    public void Pooled_z_of_two_shares(double x1, double n1, double x2, double n2, double z, double p)
    {
        var test = Proportions.Test(x1, n1, x2, n2);
        Assert.Equal(z, test.Z, 1e-12);
        Assert.Equal(p, test.PValue, 1e-12);
    }

    [Fact]
    public void Distances_of_shares()
    {
        double distance = Shares.JensenShannon(P, Q);
        Assert.Equal(.146558324901424, distance, 1e-12);
        Assert.Equal(.176034488233305, distance / Math.Sqrt(Math.Log(2)), 1e-12);      // to base 2
        Assert.Equal(.021479342597911, distance * distance, 1e-12);                    // the divergence
        Assert.Equal(.173375656003101, Shares.StabilityIndex(P, Q), 1e-12);
        Assert.Equal(.084594074945240, Shares.KullbackLeibler(P, Q), 1e-12);
        Assert.Equal(.146884582167837, Shares.Hellinger(P, Q), 1e-12);
    }

    [Fact]
    public void Empty_bins_are_filled_for_the_stability_index_alone()
    {
        double[] p = [.4, .4, .2, 0], q = [.1, .2, .3, .4];
        Assert.Equal(.456989504731389, Shares.JensenShannon(p, q), 1e-12);
        Assert.Equal(3.911854706335574, Shares.StabilityIndex(p, q), 1e-12);
    }

    [Fact]
    public void Many_valued_columns_are_counted_in_the_bins_of_Sturges()
    {
        var counts = Frequencies.OfNumbers(E, F);
        Assert.Equal([20, 20, 19, 21, 19, 20, 20, 20, 20, 21], counts.Reference);
        Assert.Equal([22, 17, 16, 15, 14, 14, 13, 13, 14, 12], counts.Current);
        Assert.Equal(.063802715005991, Shares.JensenShannon(counts.Reference, counts.Current), 1e-12);
        Assert.Equal(.032700905312479, Shares.StabilityIndex(counts.Reference, counts.Current), 1e-12);
    }

    [Fact]
    public void Benjamini_and_Hochberg_leave_two_findings()
    {
        double[] p = [.001, .008, .039, .041, .042, .06, .074, .205, .212, .216];
        double[] adjusted = FalseDiscoveries.Adjust(p);
        double[] published = [.01, .04, .084, .084, .084, .1, .105714285714286, .216, .216, .216];
        for (int i = 0; i < p.Length; i++)
            Assert.Equal(published[i], adjusted[i], 1e-12);
        Assert.Equal(2, adjusted.Count(q => q < .05));
    }
}
