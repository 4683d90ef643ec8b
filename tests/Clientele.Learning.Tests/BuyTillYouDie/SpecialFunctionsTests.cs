namespace Clientele.Learning.Tests;

/// <summary>Values by mpmath at 40 digits unless another source is named.</summary>
public sealed class SpecialFunctionsTests
{
    [Theory]        // Abramowitz & Stegun (1964), tables 6.1 to 6.4, and Γ(n) = (n−1)!
    [InlineData(.5, .57236494292470008707), InlineData(1, 0), InlineData(1.5, -.12078223763524522235), InlineData(2, 0), InlineData(10, 12.80182748008146961121)]
    [InlineData(.001, 6.90717888538385361), InlineData(100, 359.13420536957539878)]
    public void Log_gamma(double x, double expected) => Assert.Equal(expected, LogGamma.Of(x), 4e-15 + 4e-16 * Math.Abs(expected));

    [Theory]
    [InlineData(1, -.57721566490153286061), InlineData(.5, -1.96351002602142347944), InlineData(2, .42278433509846713939), InlineData(10, 2.25175258906672110765)]
    public void Digamma_of(double x, double expected) => Assert.Equal(expected, Digamma.Of(x), 4e-15);

    [Theory, InlineData(.3, 0), InlineData(.3, 1), InlineData(2.5, 7), InlineData(1e-3, 40), InlineData(7, 41), InlineData(.2, 3000)]
    public void Rises_are_differences(double x, int n)
    {
        Assert.Equal(LogGamma.Of(x + n) - LogGamma.Of(x), LogGamma.Rise(x, n), 1e-11);
        Assert.Equal(Digamma.Of(x + n) - Digamma.Of(x), Digamma.Rise(x, n), 1e-11);
    }

    [Theory]        // Abramowitz & Stegun (1964), table 5.1: E₁(.5), E₁(1), E₁(10); E₀ = e^{−w}/w
    [InlineData(1, .5, .5597735947761608), InlineData(1, 1, .2193839343955203), InlineData(1, 10, 4.156968929685324e-06), InlineData(0, .25, 3.115203132285619)]
    public void Exponential_integral(double order, double w, double expected) =>
        Assert.Equal(1, ExponentialIntegral.Scaled(order, w) * Math.Exp(-w) / expected, 1e-14);

    [Theory]        // n E_{n+1} = e^{−w} − w E_n
    [InlineData(.3, .02), InlineData(2.5, .9), InlineData(2.5, 1.1), InlineData(300, .5), InlineData(300, 40), InlineData(.001, 1e-6)]
    public void Exponential_integrals_obey_their_recurrence(double order, double w) =>
        Assert.Equal(1, (order * ExponentialIntegral.Scaled(order + 1, w)) + (w * ExponentialIntegral.Scaled(order, w)), 1e-13);

    [Theory, InlineData(.05, 5000), InlineData(5000, .05), InlineData(1e-3, 1e-3), InlineData(800, 900), InlineData(1, 1)]
    public void The_mean_of_a_beta_is_a_share(double a, double b)
    {
        Assert.Equal(1, BetaMean.Of(a, b, new Rest()) / (b / (a + b)), 1e-12);
        Assert.Equal(1, BetaMean.Of(a, b, new Square()) / (a / (a + b) * (a + 1) / (a + b + 1)), 1e-12);
    }

    [Fact]
    public void Thirty_two_nodes_are_exact_to_degree_63()
    {
        for (int degree = 0; degree <= 63; degree++)
            Assert.Equal(1.0 / (degree + 1), GaussRule.Of32.Places.Zip(GaussRule.Of32.Weights, (place, weight) => weight * Math.Pow(place, degree)).Sum(), 1e-15);
    }

    [Theory, InlineData(-800), InlineData(-1e-20), InlineData(0), InlineData(3), InlineData(800)]
    public void Log_space_neither_overflows_nor_loses_digits(double x)
    {
        Assert.Equal(x > 30 ? x : Math.Log(1 + Math.Exp(x)), LogSpace.OnePlusExp(x), 1e-14);
        Assert.Equal(1, LogSpace.Complement(x) + LogSpace.Complement(-x), 1e-15);
        if (x < 0)
            Assert.Equal(x < -1 ? 0 : Math.Log(-x), LogSpace.OneMinusExp(x), 1e-12);
    }

    private readonly record struct Rest : BetaMean.IFunction
    {
        public double At(double p, double rest) => rest;
        public double SteepnessAtZero => 1;
        public double SteepnessAtOne => double.PositiveInfinity;
    }

    private readonly record struct Square : BetaMean.IFunction
    {
        public double At(double p, double rest) => p * p;
        public double SteepnessAtZero => double.PositiveInfinity;
        public double SteepnessAtOne => 2;
    }
}
