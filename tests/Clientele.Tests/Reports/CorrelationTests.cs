using Clientele.Learning;
using Clientele.Reports;
using FsCheck.Fluent;

namespace Clientele.Tests.Reports;

public sealed class CorrelationTests
{
    [Fact]
    public void Anscombes_first_set_has_its_published_correlation()     // Anscombe (1973), The American Statistician 27(1): .816
    {
        double[] x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5], y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
        Assert.Equal(0.81642051634484, Correlation.Pearson(Rows(x, y))[0, 1], 1e-12);
    }

    [Fact]
    public void Shifting_and_scaling_change_no_correlation_but_its_sign() => Prop.ForAll(
        Gen.ArrayOf(Gen.Choose(-1_000, 1_000), 20).Where(x => x.Distinct().Count() > 2).ToArbitrary(),
        Gen.Elements(1e-9, -3.0, 1e6, -1e150).ToArbitrary(),
        (x, scale) =>
        {
            double[] a = [.. x.Select(v => (double)v)], b = [.. x.Select((v, i) => (double)(v * (i % 3)))];
            double plain = Correlation.Pearson(Rows(a, b))[0, 1], bent = Correlation.Pearson(Rows([.. a.Select(v => v * scale + scale)], b))[0, 1];
            return double.IsNaN(plain) ? double.IsNaN(bent) : Math.Abs(plain * Math.Sign(scale) - bent) < 1e-9;
        }).Holds();

    [Theory, InlineData(0.0), InlineData(7.0), InlineData(0.1), InlineData(1e300)]
    public void What_is_the_same_for_all_has_no_correlation(double value) =>
        Assert.True(double.IsNaN(Correlation.Pearson(Rows([value, value, value], [1, 2, 4]))[0, 1]));

    [Fact]
    public void A_feature_goes_with_itself() => Assert.Equal(1, Correlation.Pearson(Rows([0.1, 0.7, 0.3], [1, 2, 4]))[0, 0]);

    private static Matrix Rows(double[] a, double[] b)
    {
        var rows = new Matrix(a.Length, 2);
        for (int i = 0; i < a.Length; i++)
            (rows[i, 0], rows[i, 1]) = (a[i], b[i]);
        return rows;
    }
}
