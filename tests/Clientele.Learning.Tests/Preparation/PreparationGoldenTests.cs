namespace Clientele.Learning.Tests;

/// <summary>Golden values of reference/science.md E.</summary>
public sealed class PreparationGoldenTests
{
    private static readonly double[] A = [1.2, 3.4, 2.2, 5.1, 4.8, 2.9, 3.3, 6, 1.9, 2.7];

    [Fact]
    public void Yeo_Johnson_reproduces_the_documented_example()     // scikit-learn, PowerTransformer
    {
        var rows = new Matrix(3, 2, [1, 2, 3, 2, 4, 5]);
        var state = YeoJohnson.Fit(rows);
        Assert.Equal(1.3866818, state.Lambdas[0], 1e-6);
        Assert.Equal(-3.10053313, state.Lambdas[1], 1e-6);
        var z = state.Transform(rows).Standardised();
        Assert.Equal([-1.31616039, -.70710678, .20998268, -.70710678, 1.1061777, 1.41421356], z.Values, Near(1e-6));
    }

    [Fact]
    public void Yeo_Johnson_bends_both_signs()
    {
        double[] y = [-3, -2.5, -2, -1.5, -1, 0, 2, 5, 10, 18];
        double lambda = YeoJohnson.Fit(new(10, 1, y)).Lambdas[0];
        Assert.Equal(.3548079041, lambda, 1e-6);
        Assert.Equal(-13.8511612658, YeoJohnson.LogLikelihood(y, lambda), 1e-9);
        Assert.Equal(
            [-5.33902838, -4.16613985, -3.09675272, -2.13671822, -1.29340217, 0, 1.34348754, 2.50389283, 3.78092210, 5.19316134],
            YeoJohnson.Fit(new(10, 1, y)).Transform(new(10, 1, y)).Values, Near(1e-5));
    }

    [Fact]
    public void Yeo_Johnson_passes_a_constant_column_through() =>
        Assert.Equal([7, 7, 7], YeoJohnson.Fit(new(3, 1, [7, 7, 7])).Transform(new(3, 1, [7, 7, 7])).Values);

    [Fact]
    public void Values_so_near_0_that_every_power_is_a_line_get_none() =>
        Assert.Equal(1, YeoJohnson.Fit(new(10, 1, [.. A.Select(x => 1e-30 * x)])).Lambdas[0]);

    [Fact]
    public void Robust_scaling_uses_interpolated_quartiles()
    {
        var state = RobustScaler.Fit(new(10, 1, A));
        Assert.Equal(3.1, state.Medians[0], 1e-12);
        Assert.Equal(4.45 - 2.325, state.Scales[0], 1e-12);
    }

    [Fact]
    public void Ranks_correlate_as_known()      // A beside the first ten of B, and C beside those of D (with ties), of section F there
    {
        double[] b = [2.5, 4.4, 5.9, 6.1, 3.8, 7.2, 5.5, 4.1, 6.6, 3.0], c = [1, 1, 2, 2, 3, 3, 4, 5, 5, 9], d = [1, 2, 2, 3, 4, 4, 4, 5, 6, 7];
        Assert.Equal(.0034654016, RegressionScores.Pearson(A, b)!.Value, 1e-10);
        Assert.Equal(.0303030303, Spearman.Score(A, b)!.Value, 1e-10);
        Assert.Equal(.9719673332, Spearman.Score(c, d)!.Value, 1e-10);
    }

    [Fact]
    public void Standard_scaling_uses_the_population_deviation() =>
        Assert.Equal(1.4444722220, StandardScaler.Fit(new(10, 1, A)).Scales[0], 1e-10);

    [Fact]
    public void A_constant_column_is_only_centred()
    {
        var rows = new Matrix(3, 1, [.1, .1, .1]);
        Assert.All(StandardScaler.Fit(rows).Transform(rows).Values, value => Assert.Equal(0, value, 1e-15));
        Assert.All(RobustScaler.Fit(rows).Transform(rows).Values, value => Assert.Equal(0, value, 1e-15));
    }

    [Fact]
    public void Log_keeps_zero_and_sign() =>
        Assert.Equal([-Math.Log(3), 0, Math.Log(2)], LogTransform.Fit(new(3, 1, [-2, 0, 1])).Transform(new(3, 1, [-2, 0, 1])).Values, Near(1e-15));

    [Fact]
    public void Iris_has_the_known_components()
    {
        var pca = Pca.Fit(Tables.Iris.Rows, new() { Components = 4 });
        Assert.Equal([4.22824171, .24267075, .07820950, .02383509], pca.Variances, Near(1e-8));
        Assert.Equal([.92461872, .05306648, .01710261, .00521218], pca.Shares, Near(1e-8));
        Assert.Equal(
            [
                .36138659, -.08452251, .85667061, .35828920,
                .65658877, .73016143, -.17337266, -.07548102,
                -.58202985, .59791083, .07623608, .54583143,
                .31548719, -.31972310, -.47983899, .75365743,
            ],
            pca.Components.Values, Near(1e-8));
    }

    [Theory]
    [InlineData(.9, 1), InlineData(.93, 2), InlineData(.98, 3), InlineData(1, 4)]
    public void The_least_number_of_components_that_reaches_the_share_is_kept(double share, int components) =>
        Assert.Equal(components, Pca.Fit(Tables.Iris.Rows, new() { MinVariance = share }).Components.Rows);

    private static Func<double, double, bool> Near(double tolerance) => (a, b) => Math.Abs(a - b) <= tolerance;
}
