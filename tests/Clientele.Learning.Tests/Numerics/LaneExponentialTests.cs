using System.Runtime.Intrinsics;

namespace Clientele.Learning.Tests;

public sealed class LaneExponentialTests
{
    [Fact]
    public void Powers_of_e_are_right_to_two_units_of_the_last_place()
    {
        var random = new RandomStream(3);
        for (int i = 0; i < 20_000; i++)
        {
            double x = i % 3 == 0 ? -random.Unit() : -708 * random.Unit(), exact = Math.Exp(x);
            Assert.InRange(LaneExponential.OfNegative(Vector512.Create(x))[i % 8] / exact, 1 - 5e-16, 1 + 5e-16);
        }
    }

    [Fact]
    public void Nought_is_exactly_one_and_what_is_far_below_is_nought()
    {
        Assert.Equal(1, LaneExponential.OfNegative(Vector512.Create(0.0))[0]);
        Assert.Equal(0, LaneExponential.OfNegative(Vector512.Create(-708.5))[3]);
        Assert.Equal(0, LaneExponential.OfNegative(Vector512.Create(double.NegativeInfinity))[7]);
    }
}
